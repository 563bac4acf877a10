// The log as people read it, and what they decide about a reminder that failed or may have gone out.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { LogEntry, LogFilter, reminders as contract } from '../shared/contract.ts'
import * as q from './queries.ts'
import { reminderSend } from './tables.ts'

type Input<K extends keyof (typeof contract)['procedures']> = InputOf<(typeof contract)['procedures'][K]>

interface Row {
  readonly id: string
  readonly rev: number
  readonly patient_id: string
  readonly name_text: string | null
  readonly start_at: string
  readonly channel: string
  readonly lead_minutes: number
  readonly state: string
  readonly reason: string | null
  readonly state_at: string
  readonly due_at: string
  readonly tries: number
  readonly reply_code: number | null
  readonly address: string | null
  readonly subject: string | null
  readonly body: string | null
  readonly handled: number
  readonly hand_reason: string | null
}

function rowToEntry(row: Row): LogEntry {
  return {
    id: row.id,
    rev: row.rev,
    patientId: row.patient_id as LogEntry['patientId'],
    patientName: row.name_text,
    startAt: row.start_at,
    channel: row.channel as LogEntry['channel'],
    leadMinutes: row.lead_minutes,
    state: row.state as LogEntry['state'],
    reason: row.reason as LogEntry['reason'],
    stateAt: row.state_at,
    dueAt: row.due_at,
    tries: row.tries,
    replyCode: row.reply_code,
    address: row.address,
    subject: row.subject,
    body: row.body,
    handled: row.handled === 1,
    handReason: row.hand_reason,
  }
}

function rowsOf(read: Reader, filter: LogFilter, before: string, limit: number): Row[] {
  if (filter === 'all') return read.all(q.logAll, { before, limit })
  if (filter !== 'attention') return read.all(q.logOfState, { state: filter, before, limit })
  const rows = ['unclear', 'failed'].flatMap((state) => read.all(q.logUnhandled, { state, before, limit }))
  return rows
    .toSorted((a, b) => (a.state_at < b.state_at ? 1 : a.state_at > b.state_at ? -1 : 0))
    .slice(0, limit)
}

const endOfTime = '9999'

export function log(
  services: Pick<Services, 'isRelated'>,
  { read, actor, scope, now }: QueryContext,
  { filter, before, limit }: Input<'log'>,
) {
  // Those who see related patients only; each patient is asked once.
  const known = new Map<string, boolean>()
  const isShown = (patientId: string): boolean => {
    if (scope !== 'r') return true
    const found = known.get(patientId) ?? services.isRelated(read, actor, patientId, now)
    known.set(patientId, found)
    return found
  }
  const rows = rowsOf(read, filter, before ?? endOfTime, limit + 1)
  const page = rows.slice(0, limit)
  // Entries of one instant are not cut apart: the next page begins before all of them.
  const cut = rows.length > limit ? (page.at(-1)?.state_at ?? null) : null
  const next = cut !== null && page[0]?.state_at !== cut ? cut : null
  const whole = next === null ? page : page.filter((row) => row.state_at > next)
  return {
    entries: whole.filter((row) => isShown(row.patient_id)).map(rowToEntry),
    next: next === null ? null : justAfter(next),
  }
}

const justAfter = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString()

export function ofPatient({ read }: QueryContext, { patientId, limit }: Input<'ofPatient'>) {
  return { entries: read.all(q.logOfPatient, { patient: patientId, limit }).map(rowToEntry) }
}

/** Only a person may risk a double, and only with a reason. */
export function decideByHand(ctx: CommandContext, input: Input<'decide'>): LogEntry {
  const { read, write, now } = ctx
  const row = read.get(q.sendById, { id: input.id })
  if (!row) throw new AppError('NOT_FOUND')
  if (row.patient_id !== input.patientId) throw new AppError('WRONG_PATIENT')
  if (row.rev !== input.rev) throw new AppError('CONFLICT', { rev: row.rev })
  if (row.state !== 'failed' && row.state !== 'unclear')
    throw new AppError('WRONG_STATE', { state: row.state })
  if (input.decision === 'leave') {
    write.update(reminderSend, row.id, row.rev, { handled: 1, hand_reason: input.reason })
  } else {
    if (row.start_at <= now) throw new AppError('WRONG_STATE', { state: 'visit-over' })
    write.update(reminderSend, row.id, row.rev, {
      state: 'planned',
      reason: null,
      state_at: now,
      due_at: now,
      tries: 0,
      resends: row.resends + 1,
      handled: 0,
      hand_reason: input.reason,
    })
  }
  const after = read.get(q.logEntry, { id: row.id })
  if (!after) throw new AppError('INTERNAL')
  return rowToEntry(after)
}
