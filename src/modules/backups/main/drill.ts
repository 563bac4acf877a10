// Test restores (N6, BAK-05): the newest backup is fetched back from where it lies, opened in full in a folder of its own,
// counted and compared. Each night one target, once a month every target.
import { codeOfFailure } from '#core/backup/work.ts'
import type { Services } from '#core/rpc/services.ts'
import { mintId } from '#core/store/mint.ts'
import type { DrillKind } from '../shared/contract.ts'
import { days, hoursSince, isOfFormerKeys } from './due.ts'
import { type Place, placesOf } from './places.ts'
import * as q from './queries.ts'
import type { RunContext, Running } from './run.ts'
import { backupCopy, backupDrill } from './tables.ts'

export async function runTestRestore(
  services: Services,
  ctx: RunContext,
  asked: 'hand' | 'clock',
  tell: (running: Running) => void,
): Promise<string | null> {
  const { kind, hasAny, candidates } = ctx.read((read) => {
    const monthly = read.get(q.lastDrill, { kind: 'monthly' })
    const isMonthDue = !monthly || hoursSince(monthly.at, ctx.now()) >= days.monthly * 24
    const kindNow: DrillKind = asked === 'hand' ? 'hand' : isMonthDue ? 'monthly' : 'nightly'
    const found = placesOf(services, read).flatMap((place) => {
      const [newest] = read.all(q.goodAt, { target: place.id, limit: 1 })
      return newest ? [{ place, newest }] : []
    })
    // One from before the keys were changed is as good as ever, but only the kit of its day can tell; a newer one is due.
    const { generationSince } = services.keyWork.facts()
    const all = found.filter(({ newest }) => !isOfFormerKeys(newest.at, generationSince))
    all.sort((a, b) => (a.newest.at < b.newest.at ? 1 : -1))
    // The places take turns by night, so that a disk nobody looks at is read, too.
    const turn = Math.floor(ctx.now() / 86_400_000) % Math.max(1, all.length)
    return {
      kind: kindNow,
      hasAny: found.length > 0,
      candidates: kindNow === 'nightly' ? all.slice(turn, turn + 1) : all,
    }
  })
  let problem: string | null = hasAny ? null : 'no-backup'
  if (problem) record(ctx, kind, null, problem)
  for (const candidate of candidates) {
    if (ctx.signal.aborted) return null
    problem = (await tryOne(services, ctx, kind, candidate, tell)) ?? problem
  }
  return problem
}

interface Candidate {
  readonly place: Place
  readonly newest: {
    readonly id: string
    readonly at: string
    readonly name: string
    readonly sha256: string
  }
}

interface Counted {
  readonly patients: number
  readonly tables: number
  readonly rows: number
  readonly tookMs: number
}

async function tryOne(
  services: Services,
  ctx: RunContext,
  kind: DrillKind,
  candidate: Candidate,
  tell: (running: Running) => void,
): Promise<string | null> {
  const { place, newest } = candidate
  const { backups } = services
  const startedMs = performance.now()
  const file = backups.workFile('test-restore')
  try {
    tell({ step: 'fetch', done: 0, total: 1 })
    const target = await place.open()
    await target.fetch(newest.name, file, ctx.signal)
    const proven = await backups.check(file, {
      signal: ctx.signal,
      onProgress: (step, done, total) => tell({ step, done, total }),
    })
    const isSame = proven.sha256 === newest.sha256 && proven.label.backupId === newest.id
    const rows = Object.values(proven.manifest.rows)
    const counted = {
      patients: proven.manifest.patients,
      tables: rows.length,
      rows: rows.reduce((a, b) => a + b, 0),
      tookMs: Math.round(performance.now() - startedMs),
    }
    return record(ctx, kind, candidate, isSame ? null : 'contents-differ', counted)
  } catch (error) {
    if (ctx.signal.aborted) return null
    return record(ctx, kind, candidate, codeOfFailure(error))
  } finally {
    backups.clearWork()
  }
}

/** A copy that cannot be restored is no good copy any more. */
function record(
  ctx: RunContext,
  kind: DrillKind,
  candidate: Candidate | null,
  problem: string | null,
  counted?: Counted,
): string | null {
  const at = new Date(ctx.now()).toISOString()
  const detail = `${kind} ${problem ?? 'ok'}`
  ctx.transact({ action: 'backup.test-restored', category: 'system', detail }, (tx) => {
    tx.write.putLocal(backupDrill, {
      id: mintId(ctx.now()),
      kind,
      at,
      backup_id: candidate?.newest.id ?? null,
      backup_at: candidate?.newest.at ?? null,
      target_id: candidate?.place.id ?? null,
      outcome: problem === null ? 'ok' : 'failed',
      problem,
      patients: counted?.patients ?? null,
      tables: counted?.tables ?? null,
      rows_counted: counted?.rows ?? null,
      took_ms: counted?.tookMs ?? null,
      by_user: null,
      note: null,
    })
    if (candidate && problem && !['unreachable', 'unplugged', 'missing'].includes(problem)) {
      const state = problem === 'gone' ? 'gone' : 'failed'
      tx.write.putLocal(backupCopy, {
        backup_id: candidate.newest.id,
        target_id: candidate.place.id,
        state,
        problem,
        at,
      })
    }
  })
  return problem
}
