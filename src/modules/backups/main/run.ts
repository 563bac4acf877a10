// One backup from beginning to end: made and proven in the work folder, copied to each target, read back, written down,
// old ones taken away. Nothing counts that a target did not hand back byte for byte (BAK-03).
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { codeOfFailure, type LedgerCopy } from '#core/backup/work.ts'
import { toKeep } from '#core/backup/retention.ts'
import { type BackupTarget, fileNameOf, TargetProblem } from '#core/backup/targets.ts'
import type { ScheduledContext } from '#core/jobs/scheduled.ts'
import type { Services } from '#core/rpc/services.ts'
import { mintId } from '#core/store/mint.ts'
import { hours, hoursSince, isOfFormerKeys } from './due.ts'
import { forgetLeftovers } from './leftovers.ts'
import { type Place, placesOf } from './places.ts'
import * as q from './queries.ts'
import { backupCopy, backupMade, backupTry } from './tables.ts'

export type Reason = 'clock' | 'close' | 'hand'
/** What background work and the clock have in common. */
export type RunContext = Pick<ScheduledContext, 'signal' | 'now' | 'read' | 'transact'>

export interface Running {
  step: string
  done: number
  total: number
}

export const bookkeeping = { action: 'backup.note', category: 'system', quiet: true } as const

/** Returns a code of what went wrong, or `null`. */
export async function runBackup(
  services: Services,
  ctx: RunContext,
  reason: Reason,
  tell: (running: Running) => void,
): Promise<string | null> {
  const startedMs = performance.now()
  const at = new Date(ctx.now()).toISOString()
  const id = mintId(ctx.now())
  const name = fileNameOf(id, at)
  const { backups } = services
  try {
    const proven = await backups.make(id, at, name, {
      signal: ctx.signal,
      onProgress: (step, done, total) => tell({ step, done, total }),
    })
    const { manifest, sha256, label, file } = proven
    ctx.transact(
      { action: 'backup.made', category: 'system', detail: `backup=${id} anchor=${manifest.audit.seq}` },
      (tx) => {
        tx.write.putLocal(backupMade, {
          id,
          at,
          name,
          bytes: label.bytes,
          sha256,
          reason,
          patients: manifest.patients,
          audit_seq: manifest.audit.seq,
          commit_pos: manifest.commits.pos,
          kit_id: label.kitId,
          took_ms: Math.round(performance.now() - startedMs),
        })
      },
    )
    const problems = await copyEverywhere(services, ctx, { id, name, file, sha256, reason }, tell)
    const problem = problems[0] ?? null
    noteTry(ctx, at, problem)
    if (ctx.read((read) => read.get(q.newestGood, {})?.id) === id) {
      forgetFormer(services)
      forgetLeftovers(services, ctx)
    }
    return problem
  } catch (error) {
    if (ctx.signal.aborted) return null
    const problem = codeOfFailure(error)
    if (problem === 'internal') services.log.error('backup failed', { error })
    noteTry(ctx, at, problem)
    return problem
  } finally {
    backups.clearWork()
  }
}

function noteTry(ctx: RunContext, at: string, problem: string | null): void {
  ctx.transact(bookkeeping, (tx) => {
    const before = tx.read.get(q.lastTry, {})
    tx.write.putLocal(backupTry, {
      one: 1,
      at,
      problem,
      failed_told_at: before?.failed_told_at ?? null,
      late_told_at: before?.late_told_at ?? null,
    })
  })
}

interface Fresh {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly reason: Reason
}

async function copyEverywhere(
  services: Services,
  ctx: RunContext,
  fresh: Fresh,
  tell: (running: Running) => void,
): Promise<string[]> {
  const keysSince = services.keyWork.facts().generationSince
  const places = ctx.read((read) =>
    placesOf(services, read).filter((place) =>
      wants(place, read, { nowMs: ctx.now(), reason: fresh.reason, keysSince }),
    ),
  )
  const problems: string[] = []
  const ledger = services.backups.ledgerCopy()
  for (const [n, place] of places.entries()) {
    if (ctx.signal.aborted) break
    tell({ step: 'copy', done: n, total: places.length })
    const problem = await copyTo(place, fresh, ledger, ctx.signal)
    if (ctx.signal.aborted) break
    const at = new Date(ctx.now()).toISOString()
    ctx.transact(bookkeeping, (tx) =>
      tx.write.putLocal(backupCopy, {
        backup_id: fresh.id,
        target_id: place.id,
        state: problem === null ? 'good' : 'failed',
        problem,
        at,
      }),
    )
    if (problem === null) await prune(ctx, place)
    else problems.push(problem)
  }
  return problems
}

/** A line to a bucket is slow and paid for: once a day does, and whenever a person asks or the keys were changed. */
function wants(
  place: Place,
  read: Parameters<Parameters<RunContext['read']>[0]>[0],
  {
    nowMs,
    reason,
    keysSince,
  }: { readonly nowMs: number; readonly reason: Reason; readonly keysSince: string | null },
): boolean {
  if (place.kind === 'folder' || reason === 'hand') return true
  const [newest] = read.all(q.goodAt, { target: place.id, limit: 1 })
  if (!newest || isOfFormerKeys(newest.at, keysSince)) return true
  return hoursSince(newest.at, nowMs) >= hours.offSite
}

export async function copyTo(
  place: Place,
  fresh: Pick<Fresh, 'name' | 'file' | 'sha256'>,
  ledger: LedgerCopy | null,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const target = await place.open()
    await target.put(fresh.name, fresh.file, signal)
    if ((await target.hashOf(fresh.name, signal)) === fresh.sha256) {
      if (ledger) await keepLedger(place, target, ledger, signal)
      return null
    }
    // Of no use to anybody; what may not be deleted stays, and is never listed as good.
    if (!place.neverDelete) await target.remove(fresh.name).catch(() => {})
    return 'corrupt'
  } catch (error) {
    return error instanceof TargetProblem ? error.problem : 'interrupted'
  }
}

/** Beside the backups, so that an older one of them does not bring back who was erased since (BAK-07). */
async function keepLedger(
  place: Place,
  target: BackupTarget,
  ledger: LedgerCopy,
  signal: AbortSignal,
): Promise<void> {
  const there = (await target.ledgers()).filter((name) => ledger.isOwn(name))
  if (!there.includes(ledger.name)) await target.put(ledger.name, ledger.file, signal)
  if (place.neverDelete) return
  for (const name of there) if (name !== ledger.name) await target.remove(name)
}

const mostListed = 10_000

/** Takes away what the rule no longer keeps. Where nothing may be deleted, not even the question is asked. */
async function prune(ctx: RunContext, place: Place): Promise<void> {
  if (place.neverDelete) return
  const good = ctx.read((read) => read.all(q.goodAt, { target: place.id, limit: mostListed }))
  const kept = toKeep(
    good.map((each) => ({ id: each.id, at: Date.parse(each.at) })),
    ctx.now(),
  )
  const old = good.filter((each) => !kept.has(each.id))
  if (old.length === 0) return
  const target = await place.open()
  for (const each of old) {
    await target.remove(each.name)
    const at = new Date(ctx.now()).toISOString()
    ctx.transact(bookkeeping, (tx) =>
      tx.write.putLocal(backupCopy, {
        backup_id: each.id,
        target_id: place.id,
        state: 'aged',
        problem: null,
        at,
      }),
    )
  }
}

/** A good backup is what the former key and the files kept by migrations were waiting for (SECURITY 3.6, DB-06). */
function forgetFormer({ backups, keyWork }: Services): void {
  keyWork.forgetOldGenerations()
  const dir = path.dirname(backups.homeFolder)
  for (const name of readdirSync(dir))
    if (/^clinic\.db\.before-\d+$/.test(name)) rmSync(path.join(dir, name), { force: true })
}
