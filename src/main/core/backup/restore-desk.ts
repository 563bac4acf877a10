// One restore at a time: find a file, look into it, put it in place or leave it. Used by the screens before a clinic is
// open and by an administrator inside one; who may is decided by them.
import { readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { FoundBackup, RestoreFacts, RestorePlace } from '#shared/restore.ts'
import { readKeyFile } from '../keys/key-file.ts'
import type { OpeningOptions } from '../opened-clinic.ts'
import type { Actor, Door } from '../rpc/context.ts'
import { bucketTarget } from './bucket-target.ts'
import { backupsIn, ledgersIn } from './folder-target.ts'
import { labelOf } from './header.ts'
import { isLedgerCopyOf } from './ledger-copy.ts'
import type { WorkOptions } from './machine.ts'
import { attachmentsFolder } from './pack.ts'
import { readHeader } from './pieces.ts'
import { type Opener, type RestoreLook, type StagedRestore, stageRestore } from './restore.ts'
import { BackupWorkFailed } from './machine.ts'
import { TargetProblem } from './targets.ts'
import { BackupRefused } from './types.ts'

export interface RestoreDesk {
  find(place: RestorePlace): Promise<FoundBackup[]>
  /** Opens and judges it in full. What was looked at before is left. */
  look(place: RestorePlace, name: string, opener: Opener, work?: WorkOptions): Promise<RestoreFacts>
  /** Puts what was looked at in place; the caller finishes the swap with the clinic closed. */
  apply(who: { readonly actor: Actor | null; readonly door: Door }): Promise<string>
  /** What was looked at, if anything. */
  readonly waiting: () => RestoreFacts | null
  discard(): void
}

export function createRestoreDesk(options: OpeningOptions): RestoreDesk {
  let staged: { readonly restore: StagedRestore; readonly facts: RestoreFacts } | null = null
  let isBusy = false
  const fetched = path.join(options.folder.dir, 'restore-fetched')
  const discard = () => {
    staged?.restore.discard()
    staged = null
    rmSync(fetched, { recursive: true, force: true })
  }
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isBusy) throw new AppError('UNAVAILABLE', { reason: 'busy' })
    isBusy = true
    try {
      return await work()
    } catch (error) {
      throw tellable(error)
    } finally {
      isBusy = false
    }
  }
  return {
    find: (place) => alone(() => findIn(place)),
    look: (place, name, opener, work = {}) =>
      alone(async () => {
        discard()
        try {
          const file = await fileOf(place, name, fetched, work.signal)
          const copies = await ledgersBeside(place, file, fetched, work.signal)
          const restore = await stageRestore(options, file, opener, work, copies)
          staged = { restore, facts: factsOf(options, restore.look) }
          return staged.facts
        } catch (error) {
          discard()
          throw error
        }
      }),
    apply: (who) =>
      alone(async () => {
        if (!staged) throw new AppError('CONFLICT', { reason: 'nothing-looked-at' })
        const at = new Date(options.clock()).toISOString()
        try {
          return await staged.restore.apply({ ...who, at })
        } finally {
          staged = null
          rmSync(fetched, { recursive: true, force: true })
        }
      }),
    waiting: () => staged?.facts ?? null,
    discard() {
      if (!isBusy) discard()
    },
  }
}

async function findIn(place: RestorePlace): Promise<FoundBackup[]> {
  if (place.kind === 'bucket') {
    const found = await bucketTarget(place).list()
    return found.map((each) => ({ ...each, at: null, kitId: null }))
  }
  if (!path.isAbsolute(place.path)) throw new TargetProblem('address')
  const isFile = statSync(place.path, { throwIfNoEntry: false })?.isFile() === true
  if (isFile) return [described(path.dirname(place.path), path.basename(place.path))]
  return (await backupsIn(place.path)).map(({ name }) => described(place.path, name))
}

/** A file that is no backup is listed too: looking into it says why. */
function described(folder: string, name: string): FoundBackup {
  const file = path.join(folder, name)
  const bytes = statSync(file).size
  try {
    const { header, size } = readHeader(file)
    const { at, kitId } = labelOf(header, size)
    return { name, bytes, at, kitId }
  } catch {
    return { name, bytes, at: null, kitId: null }
  }
}

async function fileOf(
  place: RestorePlace,
  name: string,
  fetched: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (place.kind === 'bucket') {
    const into = path.join(fetched, 'backup')
    await bucketTarget(place).fetch(name, into, signal)
    return into
  }
  if (!path.isAbsolute(place.path) || path.basename(name) !== name) throw new TargetProblem('address')
  const stats = statSync(place.path, { throwIfNoEntry: false })
  if (!stats) throw new TargetProblem('missing')
  const file = stats.isFile() ? place.path : path.join(place.path, name)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new TargetProblem('gone')
  return file
}

/** A place that does not answer is told: without its list an older backup would bring erased people back. */
async function ledgersBeside(
  place: RestorePlace,
  file: string,
  fetched: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const { clinicId } = readHeader(file).header.body
  const isOwn = (name: string) => isLedgerCopyOf(clinicId, name)
  if (place.kind === 'folder') {
    const folder = path.dirname(file)
    return (await ledgersIn(folder)).filter(isOwn).map((name) => readFileSync(path.join(folder, name)))
  }
  const target = bucketTarget(place)
  const copies: Uint8Array[] = []
  for (const name of (await target.ledgers()).filter(isOwn)) {
    const into = path.join(fetched, name)
    await target.fetch(name, into, signal)
    copies.push(readFileSync(into))
  }
  return copies
}

function factsOf(options: OpeningOptions, { label, manifest, newerHere }: RestoreLook): RestoreFacts {
  return {
    backupId: label.backupId,
    at: label.at,
    bytes: label.bytes,
    clinicName: manifest.clinicName,
    patients: manifest.patients,
    newestAt: manifest.newestAt,
    entries: manifest.audit.seq,
    attachments: manifest.entries.filter((entry) => entry.name.startsWith(`${attachmentsFolder}/`)).length,
    app: manifest.app,
    newerHere,
    otherClinic: isOther(options, label.clinicId),
  }
}

function isOther({ folder }: OpeningOptions, clinicId: string): boolean {
  try {
    const found = readKeyFile(folder.keyFile)
    return found !== null && found.body.clinicId !== clinicId
  } catch {
    return false
  }
}

/** Refusals of a file and troubles of a place are answers for people, not faults of ours. */
export function tellable(error: unknown): unknown {
  if (error instanceof BackupRefused) {
    if (error.fault === 'wrong-kit') return new AppError('WRONG_KIT', { fault: 'other' }, { cause: error })
    return new AppError('WRONG_FILE', { backup: error.fault }, { cause: error })
  }
  if (error instanceof TargetProblem)
    return new AppError('UNAVAILABLE', { target: error.problem }, { cause: error })
  if (error instanceof BackupWorkFailed && error.code === 'ENOSPC')
    return new AppError('UNAVAILABLE', { target: 'full' }, { cause: error })
  return error
}
