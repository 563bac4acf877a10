// AUTHZ-09: whoever opens more than 60 records in ten minutes, or records at night, proves once more who they are, and the
// privacy duty is told. Counted for the person, whatever the sessions; what a restart forgets is read from the audit log.
import type { Gate, GatedCall, Outside } from '#core/rpc/gates.ts'
import type { Reader } from '#core/store/reader.ts'
import { notifyPrivacy } from '#modules/oversight/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { wallTimeOf } from '#shared/zoned-time.ts'
import { bulkLimits } from '../shared/policy.ts'
import { chartsSince } from './emergency-queries.ts'
import { policyOf } from './policy.ts'

interface Tally {
  /** When each record was last touched. */
  readonly charts: Map<string, number>
  /** Since then a proof is wanted. */
  trippedAt: number | null
}

const windowMs = bulkLimits.minutes * 60_000

export function bulkMeter(): Gate {
  const tallies = new Map<string, Tally>()
  /** By person: the night that was asked about, and when. */
  const nights = new Map<string, { readonly night: string; readonly at: number }>()
  let isBuilt = false

  const tallyOf = (userId: string): Tally => {
    let tally = tallies.get(userId)
    if (!tally) tallies.set(userId, (tally = { charts: new Map(), trippedAt: null }))
    return tally
  }

  const build = (read: Reader, nowMs: number) => {
    isBuilt = true
    const since = new Date(nowMs - windowMs).toISOString()
    for (const row of read.all(chartsSince, { since })) {
      if (row.user_id !== null) tallyOf(row.user_id).charts.set(row.id, Date.parse(row.at))
    }
  }

  return {
    name: 'bulk-meter',
    before(call, read, outside) {
      const patient = chartOf(call)
      if (patient === null || policyOf(read).isDemo) return
      if (!isBuilt) build(read, call.nowMs)
      askAtNight(call, read, outside, nights)
      const tally = tallyOf(call.actor.userId)
      if (tally.trippedAt !== null && call.session.provenAt > tally.trippedAt) {
        tally.trippedAt = null
        tally.charts.clear()
      }
      for (const [id, at] of tally.charts) if (at <= call.nowMs - windowMs) tally.charts.delete(id)
      if (tally.charts.has(patient)) return
      if (tally.trippedAt === null && tally.charts.size < bulkLimits.charts) return
      if (tally.trippedAt === null) {
        tally.trippedAt = call.nowMs
        alert(outside, 'bulk-charts', call, String(bulkLimits.charts + 1))
      }
      throw new AppError('STEP_UP_NEEDED', { why: 'many-charts' })
    },
    leaving(call, _read, output) {
      const patient = chartOf(call)
      if (patient !== null) tallyOf(call.actor.userId).charts.set(patient, call.nowMs)
      return output
    },
  }
}

/** Clinical content of one patient; appointments and money are what a desk turns over by the hundred. */
function chartOf(call: GatedCall): string | null {
  const { audit, patient } = call.def
  if (!patient || audit === false || audit.category !== 'clinical') return null
  return patient(call.input as never)
}

function askAtNight(
  call: GatedCall,
  read: Reader,
  outside: Outside,
  nights: Map<string, { readonly night: string; readonly at: number }>,
): void {
  const policy = policyOf(read)
  if (!policy.watchNight) return
  const night = nightOf(call.nowMs, policy)
  if (night === null) return
  const asked = nights.get(call.actor.userId)
  if (asked?.night === night && call.session.provenAt > asked.at) return
  if (asked?.night !== night) {
    nights.set(call.actor.userId, { night, at: call.nowMs })
    alert(outside, 'night-use', call, night)
  }
  throw new AppError('STEP_UP_NEEDED', { why: 'night' })
}

/** The date on which the night began; `null` by day. */
function nightOf(
  nowMs: number,
  { nightFrom, nightTo, timeZone }: { nightFrom: number; nightTo: number; timeZone: string },
): string | null {
  const wallAt = (ms: number) => wallTimeOf(new Date(ms).toISOString(), timeZone)
  const { date, minutes } = wallAt(nowMs)
  const hour = Math.floor(minutes / 60)
  const isOver = nightFrom > nightTo
  const isNight = isOver ? hour >= nightFrom || hour < nightTo : hour >= nightFrom && hour < nightTo
  if (!isNight) return null
  return isOver && hour < nightTo ? wallAt(nowMs - 12 * 3_600_000).date : date
}

function alert(outside: Outside, kind: string, call: GatedCall, detail: string): void {
  outside({ action: `access.${kind}`, category: 'system', detail }, (ctx) =>
    notifyPrivacy(ctx, { kind, aboutUser: call.actor.userId, detail }),
  )
}
