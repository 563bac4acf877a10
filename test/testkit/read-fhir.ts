// For tests: reads bytes with the reader's own function, in this process, and gathers what it says.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { limits } from '#modules/imports/shared/limits.ts'
import { type ReadLimits, readFhirFile } from '#modules/imports/main/read-file.ts'
import type { FoundProblem, ReaderMessage } from '#modules/imports/main/reader-protocol.ts'
import { type StagedResource, unpackStaged } from '#modules/imports/main/staged.ts'

export const testData = path.resolve(import.meta.dirname, '../data/fhir')

export interface ReadResult {
  readonly refused: FoundProblem | null
  readonly problems: readonly FoundProblem[]
  readonly entries: number
  readonly resources: readonly (StagedResource & { readonly group: string })[]
}

export async function readBytes(
  given: Uint8Array | string | readonly Uint8Array[],
  name = 'file.json',
  changed: Partial<ReadLimits> = {},
): Promise<ReadResult> {
  const chunks =
    typeof given === 'string' ? [Buffer.from(given)] : given instanceof Uint8Array ? [given] : given
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* chunks
  }
  const messages: ReaderMessage[] = []
  const post = async (message: ReaderMessage) => void messages.push(structuredClone(message))
  await readFhirFile({ fileId: 'f', name, bytes: bytes() }, 'source', post, { ...limits, ...changed })
  const last = messages.at(-1)
  if (last?.kind !== 'read' && last?.kind !== 'refused') throw new Error('the reader did not come to an end')
  return {
    refused: last.kind === 'refused' ? last.problem : null,
    problems: messages.flatMap((m) => (m.kind === 'problem' ? [m.problem] : [])),
    entries: last.kind === 'read' ? last.entries : 0,
    resources:
      last.kind === 'refused'
        ? []
        : messages.flatMap((m) =>
            m.kind === 'chunk' ? unpackStaged(m.content).map((r) => ({ ...r, group: m.group })) : [],
          ),
  }
}

export const readTestFile = (name: string) =>
  readBytes(readFileSync(path.join(testData, name)), path.basename(name))

/** One resource through the reader: its row, or the places that were not understood. */
export async function mapOne(resource: object | string): Promise<{
  row: Readonly<Record<string, unknown>> | null
  table: string | null
  notUnderstood: string[]
}> {
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource)
  const { resources, problems, refused } = await readBytes(text)
  if (refused) throw new Error(`refused: ${refused.code} ${refused.place}`)
  const draft = resources[0]?.draft ?? null
  return {
    row: draft === null ? null : draft.table === 'patient' ? { ...draft.patient } : draft.row,
    table: draft?.table ?? null,
    notUnderstood: problems.filter((p) => p.code === 'VALUE_NOT_UNDERSTOOD').map((p) => p.place),
  }
}
