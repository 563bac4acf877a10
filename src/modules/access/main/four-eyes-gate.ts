// AUTHZ-08: an act that one alone may not do is filed as a request, refused, and let through once when another person
// has agreed to this very input. Contracts say which acts; `fourEyes` is asked here and nowhere else.
import { createHash } from 'node:crypto'
import type { Gate, GatedCall } from '#core/rpc/gates.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import type { CommandDef } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { approvalHours } from '../shared/second-person.ts'
import { requestsFor } from './second-person-queries.ts'
import { approvalRequest } from './tables.ts'

export function fourEyesGate(services: Pick<Services, 'isFourEyesWaived'>): Gate {
  const isWanted = (call: GatedCall, read: Reader): boolean => {
    const { fourEyes } = call.def as CommandDef
    if (!fourEyes || (fourEyes !== true && !fourEyes(call.input as never))) return false
    if (services.isFourEyesWaived(read, call.name, call.input, call.actor.userId)) return false
    // Whoever tries the demo is alone in it, and nothing in it is real.
    return !clinicOf(read).isDemo
  }
  return {
    name: 'four-eyes',
    before(call, read, outside) {
      if (!isWanted(call, read)) return
      const found = requestOf(call, read)
      if (found && isGood(found, call.now)) return
      if (found) throw needed(found)
      const id = outside({ action: 'approval.ask', category: 'configuration', detail: call.name }, (ctx) => {
        const { askedFacts, keepsInput } = call.def as CommandDef
        const facts = askedFacts?.(call.input as never) ?? {}
        notify(ctx, {
          to: { role: 'admin' },
          kind: 'approval-asked',
          aboutUser: call.actor.userId,
          detail: call.name,
        })
        return ctx.write.insert(approvalRequest, {
          procedure: call.name,
          digest: digestOf(call),
          facts: JSON.stringify(facts),
          asked_by: call.actor.userId,
          asked_at: ctx.now,
          state: 'open',
          by_kit: 0,
          input: keepsInput ? JSON.stringify(call.input) : null,
          good_until: new Date(ctx.nowMs + approvalHours * 3_600_000).toISOString(),
        })
      })
      throw needed({ id, state: 'open' })
    },
    within(call, ctx) {
      if (!isWanted(call, ctx.read)) return
      const found = requestOf(call, ctx.read)
      if (!found || !isGood(found, ctx.now)) throw needed(found ?? { id: '', state: 'open' })
      ctx.write.update(approvalRequest, found.id, found.rev, {
        state: 'used',
        used_at: ctx.now,
        input: null,
      })
    },
  }
}

/** The one that was agreed to, else the one that waits. */
function requestOf(call: GatedCall, read: Reader) {
  const found = read.all(requestsFor, { digest: digestOf(call), user: call.actor.userId, now: call.now })
  return found.find((r) => r.state === 'approved') ?? found[0]
}

/** Agreed to by somebody else, or by the kit after its delay. */
function isGood(row: NonNullable<ReturnType<typeof requestOf>>, now: string): boolean {
  if (row.state !== 'approved' || row.good_from === null || row.good_from > now) return false
  return row.by_kit === 1 || row.answered_by !== row.asked_by
}

const needed = (row: { id: string; state: string }) =>
  new AppError('SECOND_PERSON_NEEDED', { requestId: row.id, state: row.state })

/** Procedure and input, whatever the order of its fields. */
function digestOf(call: GatedCall): string {
  return createHash('sha256')
    .update(JSON.stringify([call.name, sorted(call.input)]))
    .digest('base64url')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
