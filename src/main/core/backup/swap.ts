// Puts a restored clinic in the place of the one that is there: everything is ready beside it first, one small file says
// "from now on the new one", then files are moved. A kill before that file leaves the old clinic, after it the new one:
// the moves are finished at the next start. The former files are kept in a folder with the date (kept-folders.ts).
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { ClinicFolder } from '../clinic-folder.ts'
import { syncFile, syncFolder } from '../db/sync-file.ts'
import { mergeLedgers, readLedger, writeLedger } from '../store/erasure-ledger.ts'
import { ledgerFile } from '../store/purge.ts'
import { attachmentsFolder, entryNames } from './pack.ts'

export const stagingFolder = (dir: string): string => path.join(dir, 'restoring')
const decisionFile = (dir: string) => path.join(dir, 'restore.json')
const Decision = z.strictObject({ keptAs: z.string().regex(/^before-restore-[0-9TZ-]+$/) })

/** What belongs to the former database alone: gone from its place before the new one comes. */
const sideFiles = [
  'clinic.db-wal',
  'clinic.db-shm',
  // Would take the place of the restored one at its first opening.
  'clinic.db.renewed',
  'keys.json.old',
  'tries.json',
  'downtime.packet',
]
/** All of these stand in the staging folder when a swap is decided, attachments too where there are none. */
const movedIn = ['erasures', entryNames.database, entryNames.keyFile, 'watermark', attachmentsFolder]

/** The one moment that decides. `at`: instant of the restore. Returns the name of the folder the former files go to. */
export function decideSwap(dir: string, at: string): string {
  const keptAs = `before-restore-${at.replaceAll(/[:.]/g, '-').replaceAll(/[^0-9TZ-]/g, '')}`
  const file = decisionFile(dir)
  const temporary = `${file}.tmp`
  writeFileSync(temporary, JSON.stringify({ keptAs }), { mode: 0o600 })
  syncFile(temporary)
  renameSync(temporary, file)
  syncFolder(path.dirname(file))
  return keptAs
}

/**
 * At every start, before anything is opened, and at the end of a restore. Takes up where a kill left off; without a
 * decision it clears what an unfinished restore left. `onStep` is for tests that kill it in between.
 */
export function finishSwap(dir: string, onStep: (step: string) => void = () => {}): boolean {
  const staged = stagingFolder(dir)
  const decision = readDecision(dir)
  if (!decision) {
    rmSync(staged, { recursive: true, force: true })
    rmSync(decisionFile(dir), { force: true })
    return false
  }
  const kept = path.join(dir, decision.keptAs)
  mkdirSync(kept, { recursive: true, mode: 0o700 })
  const aside = (name: string) => {
    if (!existsSync(path.join(dir, name))) return
    onStep(`aside ${name}`)
    renameSync(path.join(dir, name), path.join(kept, name))
  }
  for (const name of sideFiles) aside(name)
  joinLedgers(staged, dir)
  for (const name of movedIn) {
    // As long as the new one waits in the staging folder, what stands in its place is the former one.
    if (!existsSync(path.join(staged, name))) continue
    aside(name)
    onStep(`in ${name}`)
    renameSync(path.join(staged, name), path.join(dir, name))
  }
  syncFolder(dir)
  onStep('cleared')
  rmSync(staged, { recursive: true, force: true })
  onStep('done')
  rmSync(decisionFile(dir), { force: true })
  return true
}

/** Who was erased between the decision and now is erased from the restored clinic, too, when it is opened (BAK-07). */
function joinLedgers(staged: string, dir: string): void {
  const [fresh, former] = [readLedger(ledgerFile(staged)), readLedger(ledgerFile(dir))]
  if (fresh && former) writeLedger(ledgerFile(staged), mergeLedgers([fresh, former]))
}

function readDecision(dir: string): z.infer<typeof Decision> | null {
  const file = decisionFile(dir)
  if (!existsSync(file)) return null
  try {
    return Decision.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** True while a decided swap waits to be finished. */
export const isSwapDecided = (folder: Pick<ClinicFolder, 'dir'>): boolean => readDecision(folder.dir) !== null
