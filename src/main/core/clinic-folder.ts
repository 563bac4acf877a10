// The files of one clinic folder, and what state they are in before anything is opened.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { databaseFile, watermarkFile } from './clinic.ts'
import { keyFileName, oldCopySuffix } from './keys/key-file.ts'

export interface ClinicFolder {
  readonly dir: string
  readonly database: string
  readonly keyFile: string
  readonly tries: string
  /** The demo clinic stands in a folder of its own, so that nothing of it can mix with real records. */
  readonly demo: string
}

export const clinicFolder = (dir: string): ClinicFolder => ({
  dir,
  database: databaseFile(dir),
  keyFile: path.join(dir, keyFileName),
  tries: path.join(dir, 'tries.json'),
  demo: path.join(dir, 'demo'),
})

/** Stands from the first to the last step of making a clinic. With it and without a key file, nothing was promised. */
const markerOf = (folder: ClinicFolder) => path.join(folder.dir, 'unfinished')

export type FolderState = 'empty' | 'clinic' | 'key-file-missing'

export function folderState(folder: ClinicFolder): FolderState {
  if (existsSync(folder.keyFile) || existsSync(folder.keyFile + oldCopySuffix)) return 'clinic'
  if (existsSync(folder.database) && !existsSync(markerOf(folder))) return 'key-file-missing'
  return 'empty'
}

export function beginFolder(folder: ClinicFolder): void {
  mkdirSync(folder.dir, { recursive: true, mode: 0o700 })
  discardUnfinished(folder)
  writeFileSync(markerOf(folder), '', { mode: 0o600 })
}

export function finishFolder(folder: ClinicFolder): void {
  rmSync(markerOf(folder), { force: true })
}

/** Removes what a failed or killed creation left: without its key file the database was never readable. */
export function discardUnfinished(folder: ClinicFolder): void {
  if (!existsSync(markerOf(folder)) || folderState(folder) !== 'empty') return
  for (const file of [
    folder.database,
    `${folder.database}-wal`,
    `${folder.database}-shm`,
    watermarkFile(folder.dir),
  ]) {
    rmSync(file, { force: true })
  }
  rmSync(markerOf(folder), { force: true })
}
