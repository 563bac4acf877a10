// SECURITY 4.3 for every call alike: an id of something marked goes neither in nor out for people who are not on its list.
// A new procedure is covered before anybody thinks of it; what has no ids in it is covered where it is made (api.ts).
import type { Gate, GatedCall } from '#core/rpc/gates.ts'
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import { type Visibility, visibilityOf } from './api.ts'
import * as q from './marks-queries.ts'

/** The marks themselves and the way in for emergencies: they tell that something is hidden, never what. */
const exempt = new Set([
  'access.marks',
  'access.setMark',
  'access.setReaders',
  'access.removeMark',
  'access.restoreMark',
  'access.breakGlass',
  'access.endBreakGlass',
  'access.emergency',
  'access.safetySet',
])

/** The privacy duty sets marks and judges access to what is marked; it has no charts. */
const isExempt = (call: GatedCall): boolean => exempt.has(call.name) || call.actor.role === 'privacy'

export const visibilityGate: Gate = {
  name: 'visibility',
  before(call, read) {
    if (isExempt(call) || !read.get(q.anyLabel, {})) return
    const ids = new Set<string>()
    collectIds(call.input, ids)
    const hidden = hiddenAmong(read, call, ids)
    for (const id of ids) if (hidden.has(id)) throw new AppError('NOT_FOUND')
  },
  leaving(call, read, output) {
    if (isExempt(call) || !read.get(q.anyLabel, {})) return output
    const ids = new Set<string>()
    collectIds(output, ids)
    const { patient } = call.def
    if (patient) ids.add(patient(call.input as never))
    const hidden = hiddenAmong(read, call, ids)
    if (hidden.size === 0) return output
    const left = without(output, hidden)
    if (left === gone) throw new AppError('NOT_FOUND')
    return left
  },
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function collectIds(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (uuid.test(value)) into.add(value)
  } else if (Array.isArray(value)) {
    for (const each of value) collectIds(each, into)
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) collectIds(each, into)
  }
}

/** A patient closed as a whole is among the hidden ids too: the mark's target is the patient. */
function hiddenAmong(read: Reader, call: GatedCall, ids: ReadonlySet<string>): ReadonlySet<string> {
  if (ids.size === 0) return ids
  const found = read.all(q.labelledAmong, { ids: JSON.stringify([...ids]) })
  const viewer = { userId: call.actor.userId, now: call.now }
  const sets = found.map((row): Visibility['ids'] => visibilityOf(read, viewer, row.patient_id).ids)
  return sets.length === 1 && sets[0] ? sets[0] : new Set(sets.flatMap((set) => [...set]))
}

const gone = Symbol('hidden')

/** Takes the nearest list item around a hidden id away; where there is no list around it, everything. */
function without(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return hidden.has(value) ? gone : value
  if (Array.isArray(value)) {
    const left = value.map((each) => without(each, hidden)).filter((each) => each !== gone)
    return left
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const left: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const kept = without(inner, hidden)
    if (kept === gone) return gone
    left[key] = kept
  }
  return left
}
