// What restores put aside: the folders with the files that stood before (swap.ts). Lists them and destroys one, keys first.
// Whoever was erased is readable there until the folder is gone (PRIV-05).
import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { syncFolder } from '../db/sync-file.ts'
import { oldCopySuffix, readKeyFile } from '../keys/key-file.ts'
import { entryNames } from './pack.ts'

/** unknown: there is no key file, or a damaged one, to tell by. */
export type KeptOwner = 'ours' | 'other' | 'unknown'

export interface KeptFolder {
  readonly name: string
  /** Instant of the restore that put it aside. */
  readonly at: string
  readonly bytes: number
  readonly whose: KeptOwner
  /** Its deletion has begun and was cut short: there is nothing left to decide. */
  readonly isLeaving: boolean
}

export interface KeptFolders {
  /** Oldest first. */
  list(): KeptFolder[]
  /** False: there is no such folder. Throws where the system refuses; what is left is listed as leaving. */
  remove(name: string): boolean
}

const pattern = /^before-restore-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/
/** A folder is renamed to this first: a deletion that is cut short is then known for one. */
const leaving = '.leaving'

export function createKeptFolders(dir: string, clinicId: string): KeptFolders {
  // Nothing writes into such a folder any more, so that it is measured once.
  const sizes = new Map<string, number>()
  const sizeOf = (place: string): number => {
    const known = sizes.get(place)
    if (known !== undefined) return known
    const size = measure(place)
    sizes.set(place, size)
    return size
  }
  return {
    list: () =>
      (existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : [])
        .flatMap((entry) => {
          const isLeaving = entry.name.endsWith(leaving)
          const name = isLeaving ? entry.name.slice(0, -leaving.length) : entry.name
          const at = instantIn(name)
          if (!entry.isDirectory() || at === null) return []
          const place = path.join(dir, entry.name)
          const whose = isLeaving ? ('ours' as const) : ownerOf(place, clinicId)
          return [{ name, at, bytes: sizeOf(place), whose, isLeaving }]
        })
        .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    remove(name) {
      if (instantIn(name) === null) return false
      const [place, gone] = [path.join(dir, name), path.join(dir, name + leaving)]
      if (existsSync(place)) renameSync(place, gone)
      if (!existsSync(gone)) return false
      sizes.delete(place)
      sizes.delete(gone)
      for (const key of [entryNames.keyFile, entryNames.keyFile + oldCopySuffix])
        rmSync(path.join(gone, key), { force: true })
      syncFolder(gone)
      rmSync(gone, { recursive: true, force: true })
      return true
    },
  }
}

function instantIn(name: string): string | null {
  const parts = pattern.exec(name)
  if (!parts) return null
  const [, day, hour, minute, second, rest] = parts
  const at = `${day}T${hour}:${minute}:${second}.${rest}Z`
  return Number.isNaN(Date.parse(at)) ? null : at
}

/** Another clinic that a restore put aside is in none of our backups: its files may be the only ones there are. */
function ownerOf(place: string, clinicId: string): KeptOwner {
  try {
    const found = readKeyFile(path.join(place, entryNames.keyFile))
    if (!found) return 'unknown'
    return found.body.clinicId === clinicId ? 'ours' : 'other'
  } catch {
    return 'unknown'
  }
}

function measure(place: string): number {
  let bytes = 0
  for (const entry of readdirSync(place, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) bytes += lstatSync(path.join(entry.parentPath, entry.name)).size
  return bytes
}
