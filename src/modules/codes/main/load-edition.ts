// Reading a newer edition of ICD-10-CM: parsed by an isolated worker, compared with the edition in use, made into a file
// of its own. Whatever is wrong with it is written down with its line; nobody's search changes by it.
import type { CatalogueRow } from '#core/catalogue/definition.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import type { RowChanges } from '#core/store/writer-types.ts'
import { AppError } from '#shared/errors.ts'
import { editionById } from './edition-queries.ts'
import { problemCatalogue } from './current.ts'
import { icd10cm, type problemTables, sourceNames } from './icd10cm/catalogue.ts'
import { type CodeEntry, OrderFileError, orderLimits } from './icd10cm/order-file.ts'
import { orderWorker, type OrderMessage } from './icd10cm/order-worker.ts'
import { problemByCode } from './icd10cm/queries.ts'
import { problemRows } from './icd10cm/rows.ts'
import { type CodeNote, tabularNotes } from './icd10cm/tabular.ts'
import { codeSetEdition } from './tables.ts'
import { usedCodes } from './use.ts'

const idleSeconds = 30
const memoryMb = 384

export async function readEdition(
  services: Services,
  desk: JobContext,
  id: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const row = desk.read((read) => read.get(editionById, { id }))
  // The token may be used long after; an edition that was removed meanwhile takes nothing more.
  if (row?.status !== 'waiting') throw new AppError('BATCH_NOT_READY')
  note(desk, id, 'code-set.reading', { status: 'reading' })
  try {
    const entries = await entriesOf(services, desk, body)
    const counts = compare(services, desk, entries)
    const rows = newRows(services, entries)
    const edition = { ...icd10cm.edition, edition: row.edition }
    const { file, digest } = await services.catalogues.stage(icd10cm, edition, rows, desk.signal)
    note(desk, id, 'code-set.read', { status: 'ready', file, digest, rows: entries.length, ...counts })
  } catch (error) {
    note(desk, id, 'code-set.refuse', { status: 'refused', ...faultOf(error) })
  }
}

function note(
  desk: JobContext,
  id: string,
  action: string,
  changes: RowChanges<typeof codeSetEdition>,
): void {
  desk.transact({ action, category: 'configuration' }, (ctx) => {
    ctx.write.update(codeSetEdition, id, 'any', changes)
  })
}

/** Codes of an isolated run (TOO_SLOW, TOO_MUCH_MEMORY, READER_CRASHED, CANCELLED) are faults too. */
function faultOf(error: unknown): { fault: string; fault_line: number | null } {
  if (error instanceof OrderFileError) return { fault: error.fault, fault_line: error.line }
  const code = (error as { code?: unknown } | null)?.code
  return { fault: typeof code === 'string' ? code : 'READER_CRASHED', fault_line: null }
}

async function entriesOf(
  services: Services,
  desk: JobContext,
  body: AsyncIterable<Uint8Array>,
): Promise<CodeEntry[]> {
  const run = services.spawnIsolated({ worker: orderWorker, idleSeconds, memoryMb })
  const stop = () => run.kill()
  desk.signal.addEventListener('abort', stop)
  const entries: CodeEntry[] = []
  const feeding = feed(run, body)
  try {
    for await (const message of run.messages) {
      const said = message as OrderMessage
      if (said.kind === 'fault') throw new OrderFileError(said.fault, said.line)
      for (const entry of said.entries) entries.push(entry)
    }
    await feeding
    return entries
  } finally {
    run.kill()
    desk.signal.removeEventListener('abort', stop)
    await feeding.catch(() => {})
  }
}

async function feed(
  run: ReturnType<Services['spawnIsolated']>,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > orderLimits.bytes) throw new OrderFileError('TOO_LARGE', 0)
      await run.write(chunk)
    }
    run.end()
  } catch (error) {
    run.kill()
    if (error instanceof OrderFileError) throw error
  }
}

function compare(services: Services, desk: JobContext, entries: readonly CodeEntry[]) {
  return desk.read((read) => {
    const old = problemCatalogue(services, read)
    let same = 0
    let changed = 0
    for (const { code, title } of entries) {
      const known = old.get(problemByCode, { code })
      if (!known) continue
      if (known.title === title) same += 1
      else changed += 1
    }
    const codes = new Set(entries.map((entry) => entry.code))
    const used = read.all(usedCodes, { kind: 'problem' }).map((row) => row.code)
    return {
      added: entries.length - same - changed,
      gone: old.rows - same - changed,
      changed,
      gone_in_use: used.filter((code) => !codes.has(code)).length,
    }
  })
}

/**
 * The order file has no notes. Those of the bundled list stay with codes whose words are the same; the others go without,
 * so that nobody is told what a newer edition no longer says.
 */
function newRows(
  services: Services,
  entries: readonly CodeEntry[],
): Iterable<CatalogueRow<typeof problemTables> | null> {
  const files = services.catalogues.files(icd10cm)
  const bundled = services.catalogues.open(icd10cm)
  const titles = new Map(entries.map((entry) => [entry.code, entry.title]))
  function* notes(): Generator<readonly [string, CodeNote]> {
    for (const [code, found] of tabularNotes(files.text(sourceNames.tabular))) {
      const title = titles.get(code)
      if (title !== undefined && bundled.get(problemByCode, { code })?.title === title) yield [code, found]
    }
  }
  return problemRows({
    entries,
    notes: notes(),
    shortWords: files.lines(sourceNames.shortWords),
    common: files.lines(sourceNames.common),
  })
}
