// The breach helper: from what happened to who was affected, a list to work with, and the clock of the authority.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { notifyPrivacy } from '#modules/oversight/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Affected, BreachCase, BreachQuestion } from '../shared/breach.ts'
import type { privacy } from '../shared/contract.ts'
import { csvOf } from '../shared/csv.ts'
import { type AffectedRow, type Asked, affected, affectedTotal } from './breach-queries.ts'
import { breachDraft } from './letters.ts'
import * as q from './queries.ts'
import { breachCase } from './tables.ts'

type Procedures = (typeof privacy)['procedures']

/** GDPR 33. */
const hoursToNotify = 72
const mostShown = 1_000
const mostListed = 1_000_000

const askedOf = (question: BreachQuestion, limit: number): Asked => ({
  from: question.from,
  until: question.until,
  user: question.userId,
  door: question.door,
  handedOut: question.kind === 'wrong-recipient' ? 1 : 0,
  limit,
})

const rowToAffected = (row: AffectedRow): Affected => ({
  patientId: row.patient_id as Affected['patientId'],
  name: row.name_text,
  recordNumber: row.record_number,
  birthDate: row.birth_date,
  first: row.first,
  last: row.last,
  times: row.times,
  categories: row.categories.split(',').sort(),
  people: row.people,
})

export function investigate(
  { read }: QueryContext,
  { question }: InputOf<Procedures['investigate']>,
): OutputOf<Procedures['investigate']> {
  const asked = askedOf(question, mostShown)
  const totals = read.get(affectedTotal, asked)
  return {
    total: totals?.total ?? 0,
    entries: totals?.entries ?? 0,
    affected: read.all(affected, asked).map(rowToAffected),
  }
}

export function listAffected(
  services: Services,
  ctx: CommandContext,
  { question }: InputOf<Procedures['listAffected']>,
): OutputOf<Procedures['listAffected']> {
  const rows = ctx.read.all(affected, askedOf(question, mostListed)).map(rowToAffected)
  const head = [
    'Record number',
    'Name',
    'Born',
    'First',
    'Last',
    'Times',
    'Kinds of data',
    'People who looked',
  ]
  const text = csvOf([
    head,
    ...rows.map((r) => [
      r.recordNumber ?? 'erased since',
      r.name,
      r.birthDate,
      r.first,
      r.last,
      r.times,
      r.categories.join(', '),
      r.people,
    ]),
  ])
  const name = `affected-${ctx.now.slice(0, 10)}.csv`
  const token = services.downloads.issue(ctx.actor, {
    type: 'text/csv',
    name,
    open: async () => Buffer.from(text, 'utf8'),
  })
  return { token, name }
}

export function openBreach(ctx: CommandContext, input: InputOf<Procedures['openBreach']>): BreachCase {
  if (input.discoveredAt > ctx.now) throw new AppError('INVALID_INPUT', { fields: ['discoveredAt: future'] })
  const totals = ctx.read.get(affectedTotal, askedOf(input.question, 1))
  const id = ctx.write.insert(breachCase, {
    kind: input.question.kind,
    question: JSON.stringify(input.question),
    discovered_at: input.discoveredAt,
    opened_at: ctx.now,
    opened_by: ctx.actor.userId,
    affected: totals?.total ?? 0,
    state: 'open',
  })
  const found = caseOf(ctx.read, id)
  notifyPrivacy(ctx, { kind: 'breach-opened', detail: found.dueAt })
  return found
}

export function listBreaches(ctx: QueryContext): OutputOf<Procedures['breaches']> {
  const cases = casesOf(ctx.read)
  return {
    now: ctx.now,
    breaches: cases.sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open')),
  }
}

export function closeBreach(ctx: CommandContext, input: InputOf<Procedures['closeBreach']>): BreachCase {
  const before = caseOf(ctx.read, input.id)
  if (before.state !== 'open') throw new AppError('WRONG_STATE', { state: before.state })
  ctx.write.update(breachCase, input.id, input.rev, {
    state: input.state,
    closed_at: ctx.now,
    closed_by: ctx.actor.userId,
    close_reason: input.reason,
  })
  return caseOf(ctx.read, input.id)
}

export function breachLetter(
  services: Services,
  ctx: CommandContext,
  { id, language }: InputOf<Procedures['breachLetter']>,
): OutputOf<Procedures['breachLetter']> {
  const found = caseOf(ctx.read, id)
  const rows = ctx.read.all(affected, askedOf(found.question, mostListed))
  const kinds = new Set(rows.flatMap((row) => row.categories.split(',')))
  return breachDraft(services, ctx, found, { people: rows.length, kinds: [...kinds].sort() }, language)
}

function caseOf(read: Reader, id: string): BreachCase {
  const found = casesOf(read).find((each) => each.id === id)
  if (!found) throw new AppError('NOT_FOUND')
  return found
}

function casesOf(read: Reader): BreachCase[] {
  return read.all(q.breachCases, {}).map((row) => ({
    id: row.id,
    rev: row.rev,
    kind: row.kind as BreachCase['kind'],
    question: JSON.parse(row.question) as BreachQuestion,
    discoveredAt: row.discovered_at,
    dueAt: new Date(Date.parse(row.discovered_at) + hoursToNotify * 3_600_000).toISOString(),
    openedByName: row.opened_by_name ?? '',
    affected: row.affected,
    state: row.state as BreachCase['state'],
    closedAt: row.closed_at,
    closeReason: row.close_reason,
  }))
}
