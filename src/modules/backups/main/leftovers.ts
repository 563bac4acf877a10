// What a restore put aside, and when it goes by itself: after 30 days, and where somebody was erased since already with the
// next good backup (PRIV-05, BAK-07). Never before a good backup of the restored clinic: until then it is the only way back.
import type { KeptFolder } from '#core/backup/kept-folders.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { newestErasureAt } from '#core/store/erasure-orders.ts'
import type { InputOf } from '#shared/contract.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import { AppError } from '#shared/errors.ts'
import type { backups as contract, Kept } from '../shared/contract.ts'
import { days, hoursSince } from './due.ts'
import * as q from './queries.ts'
import type { RunContext } from './run.ts'

type Work = Pick<Services, 'backups' | 'keyWork' | 'announce' | 'log'>
type Desk = Pick<RunContext, 'now' | 'read' | 'transact'>

interface Fate extends Kept {
  readonly isDue: boolean
}

function fatesOf({ backups }: Pick<Services, 'backups'>, read: Reader, nowMs: number): Fate[] {
  const folders = backups.kept.list()
  if (folders.length === 0) return []
  const goodAt = read.get(q.newestGood, {})?.at ?? ''
  const erasedAt = newestErasureAt(read) ?? ''
  return folders.map((folder) => fateOf(folder, { goodAt, erasedAt, nowMs }))
}

function fateOf(
  { name, at, bytes, whose, isLeaving }: KeptFolder,
  facts: { readonly goodAt: string; readonly erasedAt: string; readonly nowMs: number },
): Fate {
  // Whoever was erased after it was put aside is readable in it.
  const holdsErased = facts.erasedAt > at
  const isOld = hoursSince(at, facts.nowMs) >= days.kept * 24
  const isDue = isLeaving || (whose === 'ours' && facts.goodAt > at && (isOld || holdsErased))
  const goes = whose !== 'ours' ? 'by-hand' : holdsErased ? 'next-backup' : 'date'
  const goesAt = goes === 'date' ? new Date(Date.parse(at) + days.kept * 86_400_000).toISOString() : null
  return { name, at, bytes, whose, goes, goesAt, isDue }
}

export const keptOf = (services: Pick<Services, 'backups'>, read: Reader, nowMs: number): Kept[] =>
  fatesOf(services, read, nowMs).map(({ isDue: _due, ...kept }) => kept)

/** Destroys what is due. Returns a code where the system refused one. */
export function forgetLeftovers(services: Work, desk: Desk): string | null {
  const due = desk.read((read) => fatesOf(services, read, desk.now())).filter((fate) => fate.isDue)
  let problem: string | null = null
  for (const { name } of due) {
    try {
      desk.transact({ action: 'backup.forget-kept', category: 'system', detail: name }, (tx) =>
        tx.afterCommit(() => void services.backups.kept.remove(name)),
      )
    } catch (error) {
      problem = 'read-only'
      services.log.error('a folder that a restore kept cannot be deleted', { error })
    }
  }
  if (due.length > 0) services.announce(['backup_try'])
  return problem
}

export interface CopyBeside {
  readonly kind: 'restore' | 'former-key'
  readonly at: string
  readonly goes: 'now' | 'next-backup' | 'by-hand'
}

/** Where a record that is erased now would stay readable, and until when. */
export function copiesBeside(
  services: Pick<Services, 'backups' | 'keyWork'>,
  read: Reader,
  nowMs: number,
): CopyBeside[] {
  const goodAt = read.get(q.newestGood, {})?.at ?? ''
  const kept = fatesOf(services, read, nowMs)
    .filter(({ whose }) => whose !== 'other')
    .map(({ at, whose }): CopyBeside => {
      const goes = whose === 'unknown' ? 'by-hand' : goodAt > at ? 'now' : 'next-backup'
      return { kind: 'restore', at, goes }
    })
  return [...kept, ...formerKeyFile(services)]
}

/** After an erasure: what may go goes at once. Returns what is left. */
export function copiesLeft(services: Work, desk: Desk): CopyBeside[] {
  forgetLeftovers(services, desk)
  return desk.read((read) => copiesBeside(services, read, desk.now()))
}

/** The file under a database key that was changed stands until the next good backup (SECURITY 3.6). */
function formerKeyFile({ keyWork }: Pick<Services, 'keyWork'>): CopyBeside[] {
  const { olderGenerations, generationSince } = keyWork.facts()
  const isThere = olderGenerations > 0 && generationSince !== null
  return isThere ? [{ kind: 'former-key', at: generationSince, goes: 'next-backup' }] : []
}

type Remove = (typeof contract)['procedures']['removeKept']

export function removeKept(services: Services, ctx: CommandContext, { name }: InputOf<Remove>) {
  if (!services.backups.kept.list().some((folder) => folder.name === name)) throw new AppError('NOT_FOUND')
  // After the commit, so that it is written down before it is done.
  ctx.afterCommit(() => {
    try {
      services.backups.kept.remove(name)
    } catch (error) {
      throw new AppError('UNAVAILABLE', { target: 'read-only' }, { cause: error })
    } finally {
      services.announce(['backup_try'])
    }
  })
  return { name }
}
