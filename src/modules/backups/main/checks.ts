// The three lamps of backups: how old, whether outside this computer, whether proven by a restore.
import type { Health } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { ageHours, hours, hoursSince } from './due.ts'
import * as q from './queries.ts'

export function checks(read: Reader, nowMs: number): Health['checks'] {
  if (read.get(q.firstEntry, {}) === undefined) return []
  return [backupAge(read, nowMs), offSite(read, nowMs), testRestore(read, nowMs)]
}

type Check = Health['checks'][number]

function backupAge(read: Reader, nowMs: number): Check {
  const age = ageHours(read, nowMs)
  return { name: 'backup-age', state: age >= hours.late ? 'danger' : 'ok', value: Math.floor(age) }
}

function offSite(read: Reader, nowMs: number): Check {
  const ages = read
    .all(q.targets, {})
    .filter((target) => target.off_site === 1)
    .flatMap((target) => read.all(q.goodAt, { target: target.id, limit: 1 }))
    .map((copy) => hoursSince(copy.at, nowMs))
  const newest = ages.length > 0 ? Math.min(...ages) : null
  const state = newest === null ? 'warning' : newest >= hours.report ? 'danger' : 'ok'
  return { name: 'backup-offsite', state, value: newest === null ? null : Math.floor(newest) }
}

function testRestore(read: Reader, nowMs: number): Check {
  const last = read.get(q.lastTestRestore, {})
  const since = last?.at ?? read.get(q.firstEntry, {})?.at
  const age = since === undefined ? 0 : hoursSince(since, nowMs)
  const state = last?.outcome === 'failed' ? 'danger' : age >= hours.testRestoreStale ? 'warning' : 'ok'
  return { name: 'test-restore', state, value: Math.floor(age) }
}
