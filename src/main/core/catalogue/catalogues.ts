// The catalogues of one opened clinic: bundled editions from where the build put them or from a cache, made once and in
// slices where neither has them; loaded editions from the clinic's own folder.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { Logger } from '../log/logger.ts'
import type { AnyCatalogue, Catalogues, LoadedEdition } from './definition.ts'
import { digestOfFile, makeFile, type OpenFile, openFile } from './file.ts'
import { digestOfSources, sourceFiles } from './sources.ts'

/** Where a program keeps what it brought along. */
export interface CataloguePlaces {
  /** resources/codesets: the sources. */
  readonly sources: string
  /** Folders with ready-made files, never written to: what the build put beside the program. */
  readonly built: readonly string[]
  /** For files made here; `null` where only the clinic's own folder may be written to. */
  readonly cache: string | null
}

export interface CatalogueKeeper extends Catalogues {
  /** Begins to make whatever is missing, so that nobody has to wait for it later. */
  warm(): void
  close(): Promise<void>
}

/** Raise it when files are laid out differently for the same description. */
const layoutVersion = 1
/** The name under which an open tells its screens to ask again. */
export const catalogueChange = 'catalogue'

export interface CatalogueOptions {
  readonly places: CataloguePlaces
  /** Folder of the clinic; loaded editions lie in `catalogues` below it. */
  readonly dir: string
  readonly known: readonly AnyCatalogue[]
  readonly log: Logger
  readonly announce: (tables: readonly string[]) => void
}

export function createCatalogues({ places, dir, known, log, announce }: CatalogueOptions): CatalogueKeeper {
  const own = path.join(dir, 'catalogues')
  const cache = places.cache ?? path.join(own, 'bundled')
  const open = new Map<string, OpenFile>()
  const making = new Map<string, Promise<void>>()
  const stop = new AbortController()
  const keys = new Map<AnyCatalogue, string>()

  const keyOf = (def: AnyCatalogue) => {
    let key = keys.get(def)
    if (key === undefined) keys.set(def, (key = keyOfBundled(places.sources, def)))
    return key
  }
  const findBundled = (def: AnyCatalogue): OpenFile | null => {
    const key = keyOf(def)
    const there = open.get(key)
    if (there) return there
    for (const folder of [...places.built, cache]) {
      const found = openFile(path.join(folder, fileName(def, key)), key)
      if (!found) continue
      open.set(key, found)
      return found
    }
    return null
  }
  const make = (def: AnyCatalogue): Promise<void> => {
    const key = keyOf(def)
    let underWay = making.get(key)
    if (!underWay) {
      underWay = makeBundled(cache, places.sources, def, key, stop.signal)
        .then(() => announce([catalogueChange]))
        .finally(() => making.delete(key))
      making.set(key, underWay)
      // Whoever waits for it is told; a background attempt is tried again at the next use.
      underWay.catch((error: unknown) => {
        if (!stop.signal.aborted) log.error('a catalogue could not be made', { name: def.name, error })
      })
    }
    return underWay
  }

  return {
    open(def, loaded = null) {
      if (loaded) return openLoaded(open, own, loaded)
      const found = findBundled(def)
      if (found) return found
      if (!stop.signal.aborted) void make(def).catch(() => {})
      throw new AppError('UNAVAILABLE', { catalogue: def.name })
    },
    async ready(def) {
      if (!findBundled(def)) await make(def)
    },
    async stage(def, edition, rows, signal) {
      const file = `${def.name}-${randomBytes(8).toString('hex')}.db`
      const target = path.join(own, file)
      const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
      await makeFile(target, { key: file, tables: def.tables, edition, rows } as never, both)
      return { file, digest: digestOfFile(target) }
    },
    discard(file) {
      const target = loadedPath(own, file)
      open.get(file)?.close()
      open.delete(file)
      rmSync(target, { force: true })
    },
    known: () => known,
    files: () => sourceFiles(places.sources),
    warm() {
      for (const def of known) if (!findBundled(def)) void make(def).catch(() => {})
    },
    async close() {
      stop.abort()
      await Promise.allSettled(making.values())
      for (const file of open.values()) file.close()
      open.clear()
    },
  }
}

function openLoaded(open: Map<string, OpenFile>, own: string, loaded: LoadedEdition): OpenFile {
  const there = open.get(loaded.file)
  if (there) return there
  const target = loadedPath(own, loaded.file)
  // The clinic's database is signed and keyed, this file is not: what was loaded is what is read.
  const isWhole = existsSync(target) && digestOfFile(target) === loaded.digest
  const found = isWhole ? openFile(target, loaded.file) : null
  if (!found) throw new AppError('UNAVAILABLE', { catalogue: loaded.file })
  open.set(loaded.file, found)
  return found
}

function loadedPath(own: string, file: string): string {
  if (!/^[a-z0-9-]+\.db$/.test(file)) throw new Error('not the name of a loaded catalogue')
  return path.join(own, file)
}

/** Says what the file is made of: another source, description or importer gives another file. */
export function keyOfBundled(sources: string, def: AnyCatalogue): string {
  const about = {
    layoutVersion,
    name: def.name,
    version: def.version,
    tables: def.tables,
    edition: def.edition,
  }
  return createHash('sha256')
    .update(JSON.stringify(about))
    .update(digestOfSources(sources, def.sources))
    .digest('hex')
    .slice(0, 32)
}

const fileName = (def: AnyCatalogue, key: string) => `${def.name}-${key}.db`

/** Makes the file of a bundled edition unless it is there; older ones of the same catalogue go. */
export async function makeBundled(
  folder: string,
  sources: string,
  def: AnyCatalogue,
  key = keyOfBundled(sources, def),
  signal?: AbortSignal,
): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, fileName(def, key))
  const there = openFile(file, key)
  if (there) there.close()
  else {
    // One that is there and cannot be opened is broken.
    rmSync(file, { force: true })
    const { tables, edition } = def
    await makeFile(file, { key, tables, edition, rows: def.rows(sourceFiles(sources)) }, signal)
  }
  removeOlder(folder, def, file)
  return file
}

function removeOlder(folder: string, def: AnyCatalogue, keep: string): void {
  const isSame = new RegExp(`^${def.name}-[0-9a-f]{32}\\.db$`)
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name)
    if (isSame.test(name) && file !== keep) rmSync(file, { force: true })
  }
}
