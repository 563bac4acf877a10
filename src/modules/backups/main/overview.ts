// Everything the backups page shows, in one answer.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { type Drill, homeTarget, type Made, type Overview, type Target } from '../shared/contract.ts'
import { ageHours, days, hoursSince, lateness, nextDueAt } from './due.ts'
import { keptOf } from './leftovers.ts'
import type { TargetRow } from './places.ts'
import * as q from './queries.ts'
import { otherKitOf } from './reseal.ts'
import { runnerOf } from './runner.ts'

const shown = { made: 60, drills: 20 } as const
const mostCopies = 10_000

export function overview(services: Services, { read, nowMs }: QueryContext): Overview {
  const age = ageHours(read, nowMs)
  const last = read.get(q.lastTry, {})
  const people = read.get(q.lastDrill, { kind: 'people' })
  const began = read.get(q.firstEntry, {})?.at
  const since = people?.at ?? began
  return {
    targets: [homeOf(services, read), ...read.all(q.targets, {}).map((row) => targetOf(read, row))],
    made: madeOf(read),
    drills: read.all(q.drills, { limit: shown.drills }).map(drillOf),
    kept: keptOf(services, read, nowMs),
    ageHours: Math.round(age * 10) / 10,
    late: lateness(age),
    lastTry: last ? { at: last.at, problem: last.problem } : null,
    running: runnerOf(services).running(),
    nextAt: nextDueAt(read, nowMs),
    kitId: services.keyWork.kit.current()?.id ?? null,
    otherKit: otherKitOf(services, read),
    lastReseal: runnerOf(services).lastReseal(),
    isDemo: clinicOf(read).isDemo,
    peopleDrillDue: since !== undefined && hoursSince(since, nowMs) >= days.quarter * 24,
  }
}

/** Newest first, without files that others have taken the place of everywhere. */
function madeOf(read: Reader): Made[] {
  const all = read.all(q.made, { limit: 2 * shown.made }).map(
    (row): Made => ({
      id: row.id,
      at: row.at,
      bytes: row.bytes,
      reason: row.reason as Made['reason'],
      patients: row.patients,
      kitId: row.kit_id,
      copies: read.all(q.copiesOf, { backup: row.id }).map((copy) => ({
        targetId: copy.target_id,
        state: copy.state as Made['copies'][number]['state'],
        problem: copy.problem,
      })),
    }),
  )
  const isReplaced = ({ copies }: Made) =>
    copies.length > 0 && copies.every((copy) => copy.state === 'replaced')
  return all.filter((one) => !isReplaced(one)).slice(0, shown.made)
}

type DrillRow = NonNullable<ReturnType<typeof drillRow>>
const drillRow = (read: Reader, id: string) => read.get(q.drillById, { id })

export function drillOf(row: DrillRow): Drill {
  return {
    id: row.id,
    kind: row.kind as Drill['kind'],
    at: row.at,
    backupAt: row.backup_at,
    targetId: row.target_id,
    outcome: row.outcome as Drill['outcome'],
    problem: row.problem,
    patients: row.patients,
    rows: row.rows_counted,
    tookMs: row.took_ms,
    note: row.note,
  }
}

function standing(read: Reader, target: string): Pick<Target, 'newestGoodAt' | 'problem' | 'copies'> {
  const good = read.all(q.goodAt, { target, limit: mostCopies })
  const last = read.get(q.lastCopyAt, { target })
  return {
    newestGoodAt: good[0]?.at ?? null,
    problem: last?.state === 'failed' ? last.problem : null,
    copies: good.length,
  }
}

function homeOf({ backups }: Services, read: Reader): Target {
  const nothing = { endpoint: null, bucket: null, region: null, prefix: null, accessKey: null }
  return {
    id: homeTarget,
    rev: 0,
    name: '',
    kind: 'folder',
    offSite: false,
    neverDelete: false,
    path: backups.homeFolder,
    ...nothing,
    ...standing(read, homeTarget),
  }
}

function targetOf(read: Reader, row: TargetRow): Target {
  return {
    id: row.id,
    rev: row.rev,
    name: row.name,
    kind: row.kind as Target['kind'],
    offSite: row.off_site === 1,
    neverDelete: row.never_delete === 1,
    path: row.path,
    endpoint: row.endpoint,
    bucket: row.bucket,
    region: row.region,
    prefix: row.prefix,
    accessKey: row.access_key,
    ...standing(read, row.id),
  }
}
