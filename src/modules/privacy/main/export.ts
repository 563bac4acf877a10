// A copy of a whole record: made in the background in small reads, kept in memory for one fetch, never on the disk.
import { randomUUID } from 'node:crypto'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import { recordDisclosure } from '#modules/audit/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { privacy } from '../shared/contract.ts'
import type { ExportState } from '../shared/export.ts'
import { exportWords } from '../shared/export-words.ts'
import { createBox } from './box.ts'
import { ccdaPieces } from './ccda/document.ts'
import type { Resource } from './fhir/elements.ts'
import { gather, originalBytes } from './gather.ts'
import { asCcda, breathe, type LoadedRecord, loadRecord, type Tell } from './load-record.ts'
import { recordDocument, withheldLines } from './record-document.ts'
import { mayUse } from './restrictions.ts'

type Procedures = (typeof privacy)['procedures']
type Asked = InputOf<Procedures['exportRecord']>

interface Making {
  state: ExportState
  readonly patientId: string
  readonly sessionId: string
  bytes: Uint8Array | null
  readonly startedAt: number
}

/** A finished copy waits this long to be fetched. */
const keptMs = 10 * 60_000
const originalsPerRead = 100

export interface ExportDesk {
  start(ctx: CommandContext, input: Asked): ExportState
  state(ctx: QueryContext, input: InputOf<Procedures['exportState']>): ExportState
  fetch(ctx: CommandContext, input: InputOf<Procedures['fetchExport']>): OutputOf<Procedures['fetchExport']>
}

export function createExports(services: Services): ExportDesk {
  const all = new Map<string, Making>()
  const own = (ctx: QueryContext, input: { patientId: string; id: string }): Making => {
    const found = all.get(input.id)
    if (!found || found.patientId !== input.patientId || found.sessionId !== ctx.actor.sessionId)
      throw new AppError('NOT_FOUND')
    return found
  }
  return {
    start(ctx, input) {
      for (const [id, making] of all) if (making.startedAt + keptMs < ctx.nowMs) all.delete(id)
      const purpose = input.recipientKind === 'patient' || input.consent ? 'consent' : 'export'
      if (!mayUse(ctx.read, input.patientId, purpose)) throw new AppError('RESTRICTED')
      const recipient = { kind: input.recipientKind, consent: input.consent }
      noteDisclosure(ctx, input)
      const { total } = gather(ctx.read, services.patientTables, input.patientId, recipient)
      const state = { id: ctx.mint(), state: 'running', done: 0, total, withheld: 0, bytes: 0 } as const
      const making: Making = {
        state,
        patientId: input.patientId,
        sessionId: ctx.actor.sessionId,
        bytes: null,
        startedAt: ctx.nowMs,
      }
      all.set(state.id, making)
      const { actor, door } = ctx
      ctx.afterCommit(() => {
        services.jobs.start(`privacy.export:${state.id}`, actor, door, async (desk) => {
          try {
            making.bytes = await makeCopy(services, desk, input, (change) => {
              making.state = { ...making.state, ...change }
              services.announce(['record_export'])
            })
            making.state = { ...making.state, state: 'ready', bytes: making.bytes.length }
          } catch (error) {
            making.state = { ...making.state, state: 'failed' }
            services.log.error('a copy of a record could not be made', { error })
          }
          services.announce(['record_export'])
        })
      })
      return state
    },
    state: (ctx, input) => own(ctx, input).state,
    fetch(ctx, input) {
      const making = own(ctx, input)
      const { bytes } = making
      if (making.state.state !== 'ready' || bytes === null)
        throw new AppError('WRONG_STATE', { state: making.state.state })
      const name = `record-${ctx.now.slice(0, 10)}.zip`
      const token = services.downloads.issue(ctx.actor, {
        type: 'application/zip',
        name,
        open: async () => bytes,
      })
      ctx.afterCommit(() => all.delete(input.id))
      return { token, name }
    },
  }
}

/** What the patient takes along is no disclosure; whoever else gets it is told to the patient for six years (4.4). */
function noteDisclosure(ctx: CommandContext, asked: Asked): void {
  if (asked.recipientKind === 'patient') return
  recordDisclosure(ctx, {
    patientId: asked.patientId,
    recipient: asked.recipient,
    recipientKind: 'other',
    address: asked.address === '' ? null : asked.address,
    what: exportWords[asked.language].title,
    basis: asked.consent ? 'consent' : 'other',
    purpose: asked.purpose,
    act: 'record.export',
  })
}

/** Exported for tests: the same bytes a fetch hands out. */
export async function makeCopy(
  services: Services,
  desk: JobContext,
  asked: Asked,
  tell: Tell,
): Promise<Uint8Array> {
  const recipient = { kind: asked.recipientKind, consent: asked.consent }
  const record = await loadRecord(services, desk, asked.patientId, recipient, tell)
  const { resources, now, withheld } = record
  let done = resources.length
  const box = createBox()
  await box.add('record.json', bundleText(resources, now))
  for (const [n, original] of record.originals.entries()) {
    if (n % originalsPerRead === 0) await breathe(desk)
    await box.add(
      `originals/${original.type}-${original.id}.json`,
      desk.read((read) => originalBytes(read, original.id)),
    )
    done += 1
    if (n % originalsPerRead === 0) tell({ done })
  }
  await box.addPieces('record.xml', ccdaPieces(asCcda(record, asked)), () => breathe(desk))
  const { bytes: pdf } = await services.makePdf(recordDocument({ ...record, language: asked.language }))
  await box.add('record.pdf', pdf)
  await box.add('README.txt', readme(asked, record))
  const manifest = Buffer.from(
    JSON.stringify(
      {
        madeAt: now,
        clinic: record.clinicId,
        publicKey: Buffer.from(services.devicePublicKey).toString('base64'),
        files: box.files,
      },
      null,
      1,
    ),
  )
  const signature = Buffer.from(services.signAsDevice(manifest)).toString('base64')
  await box.add('manifest.json', manifest)
  await box.add('manifest.sig', signature)
  tell({ done: record.total, withheld: withheld.reduce((sum, w) => sum + w.count, 0) })
  return box.end()
}

function readme(asked: Asked, { now, isRestricted, hasSubstanceUse, withheld }: LoadedRecord): string {
  const words = exportWords[asked.language]
  return [
    words.title,
    '',
    `${words.made}: ${now}`,
    `${words.forWhom}: ${asked.recipient}`,
    `${words.purpose}: ${asked.purpose}`,
    '',
    ...words.files.map(([file, what]) => `${file}: ${what}`),
    words.ccda,
    '',
    ...(isRestricted ? [words.restriction, ''] : []),
    ...(hasSubstanceUse ? [words.substance, ''] : []),
    `${words.withheld}:`,
    ...withheldLines(asked.language, withheld),
    '',
  ].join('\r\n')
}

export function bundleText(resources: readonly Resource[], now: string): string {
  return JSON.stringify({
    resourceType: 'Bundle',
    id: randomUUID(),
    type: 'collection',
    timestamp: now,
    entry: resources.map((resource) => ({ resource: trimmed(resource) })),
  })
}

/** Empty lists and objects say nothing and are not FHIR. */
function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(trimmed).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value ?? undefined
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const kept = trimmed(item)
    return kept === undefined ? [] : [[key, kept] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

const raw = JSON as unknown as { isRawJSON(value: unknown): boolean }
const isRawNumber = (value: unknown): boolean => raw.isRawJSON(value)
