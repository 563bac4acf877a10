// Editions of code sets: which one is searched, loading a newer one, using it, going back, removing it.
import type { AnyCatalogue } from '#core/catalogue/definition.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Database } from '#core/store/database.ts'
import type { Reader } from '#core/store/reader.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { type CodeSet, type codes, loadable, type LoadedEdition } from '../shared/contract.ts'
import { loadedOf } from './current.ts'
import { editionById, editionInUse, editionsOf } from './edition-queries.ts'
import { readEdition } from './load-edition.ts'
import { codeSetEdition } from './tables.ts'

type Procedures = (typeof codes)['procedures']
type Row = Database['code_set_edition']

/** One job per edition being read. */
export const readingJob = (id: string) => `code-set:${id}`

const canLoad = (name: string) => (loadable as readonly string[]).includes(name)

export function editions(services: Services, { read }: QueryContext): OutputOf<Procedures['editions']> {
  return { sets: services.catalogues.known().map((def) => codeSetOf(services, read, def)) }
}

function codeSetOf(services: Services, read: Reader, def: AnyCatalogue): CodeSet {
  const rows = canLoad(def.name) ? read.all(editionsOf, { catalogue: def.name }) : []
  const names = userNames(read, [...new Set(rows.map((row) => row.loaded_by))])
  const inUse = rows.find((row) => row.in_use === 1)
  return {
    catalogue: def.name,
    title: def.edition.title,
    edition: inUse?.edition ?? def.edition.edition,
    source: def.edition.source,
    licence: def.edition.licence,
    rows: rowsInUse(services, read, def),
    bundled: !inUse,
    bundledEdition: def.edition.edition,
    canLoad: canLoad(def.name),
    loaded: rows.map((row) => rowToEdition(services, row, names.get(row.loaded_by) ?? null)),
  }
}

function rowsInUse(services: Services, read: Reader, def: AnyCatalogue): number | null {
  try {
    return services.catalogues.open(def, canLoad(def.name) ? loadedOf(read, def.name) : null).rows
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return null
    throw error
  }
}

function rowToEdition(services: Services, row: Row, loadedByName: string | null): LoadedEdition {
  return {
    id: row.id,
    edition: row.edition,
    fileName: row.file_name,
    loadedAt: row.loaded_at,
    loadedByName,
    state: shownState(services, row),
    inUse: row.in_use === 1,
    rows: row.rows,
    added: row.added,
    gone: row.gone,
    changed: row.changed,
    goneInUse: row.gone_in_use,
    fault: row.fault,
    faultLine: row.fault_line,
  }
}

/** Reading that ended with the program is shown as stopped: it can be removed and loaded again. */
function shownState(services: Services, row: Row): LoadedEdition['state'] {
  const state = row.status as LoadedEdition['state']
  return state === 'reading' && !services.jobs.isRunning(readingJob(row.id)) ? 'stopped' : state
}

export function loadEdition(
  services: Services,
  ctx: CommandContext,
  input: InputOf<Procedures['loadEdition']>,
): OutputOf<Procedures['loadEdition']> {
  const { actor, door } = ctx
  const id = ctx.write.insert(codeSetEdition, {
    catalogue: input.catalogue,
    edition: input.edition,
    file_name: baseName(input.fileName),
    loaded_at: ctx.now,
    loaded_by: actor.userId,
    status: 'waiting',
    in_use: 0,
  })
  const token = services.uploads.issue(
    actor,
    (body) =>
      new Promise<void>((resolve, reject) => {
        services.jobs.start(readingJob(id), actor, door, (desk) => {
          const reading = readEdition(services, desk, id, body)
          reading.then(resolve, reject)
          return reading
        })
      }),
  )
  return { id, token }
}

/** A browser may send a path; the name is for people, and is never used to open anything. */
function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1)?.slice(0, 300) || 'file'
}

export function useEdition(
  ctx: CommandContext,
  { catalogue, id }: InputOf<Procedures['useEdition']>,
): OutputOf<Procedures['useEdition']> {
  const { read, write } = ctx
  const before = read.get(editionInUse, { catalogue })?.id ?? null
  if (id === before) return { inUse: id, before }
  if (id !== null) {
    const row = read.get(editionById, { id })
    if (!row || row.catalogue !== catalogue) throw new AppError('NOT_FOUND')
    if (row.status !== 'ready') throw new AppError('BATCH_NOT_READY')
  }
  if (before !== null) write.update(codeSetEdition, before, 'any', { in_use: 0 })
  if (id !== null) write.update(codeSetEdition, id, 'any', { in_use: 1 })
  return { inUse: id, before }
}

export function dropEdition(
  services: Services,
  ctx: CommandContext,
  { id }: InputOf<Procedures['dropEdition']>,
): OutputOf<Procedures['dropEdition']> {
  const row = ctx.read.get(editionById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  if (row.in_use === 1 || services.jobs.isRunning(readingJob(id))) throw new AppError('BATCH_RUNNING')
  ctx.write.void(codeSetEdition, id, 'any', 'removed')
  const { file } = row
  if (file !== null) ctx.afterCommit(() => services.catalogues.discard(file))
  return { id }
}
