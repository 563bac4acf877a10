// A page of the trail: filters, any column sorted, names put to ids. Own acts, acts without patients, or everything.
import type { QueryContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { actionParts } from '../shared/action-words.ts'
import type { audit, AuditFilters, AuditLine, Cursor } from '../shared/contract.ts'
import { type Ask, type AuditRow, type Place, placeForPage, valuesOf, walk } from './walk.ts'

type Procedures = (typeof audit)['procedures']

export const userName = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_account').select('name').where('id', '=', p.id),
)
export const patientOfAlias = preparedQuery<{ alias: string }>()((db, p) =>
  db.selectFrom('patient').select(['id', 'name_text']).where('audit_alias', '=', p.alias),
)
export const aliasOf = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('patient').select('audit_alias').where('id', '=', p.id),
)
export const moreOf = preparedQuery<{ seq: number }>()((db, p) =>
  db
    .selectFrom('audit_patient')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('seq', '=', p.seq),
)

/** What a role may ask: the rest of its question is answered, or refused, before anything is read. */
export function judged(ctx: QueryContext, filters: AuditFilters, sort?: Ask['sort']): AuditFilters {
  if (ctx.scope === 'a') return filters
  if (filters.aboutPatient !== null || sort === 'patient') throw new AppError('FORBIDDEN')
  return ctx.scope === 'o'
    ? { ...filters, person: ctx.actor.userId as NonNullable<AuditFilters['person']> }
    : filters
}

export function list(ctx: QueryContext, input: InputOf<Procedures['list']>): OutputOf<Procedures['list']> {
  const { sort, direction, after, limit, ...asked } = input
  const filters = judged(ctx, asked, sort)
  const { rows, next } = entriesPage(ctx.read, { filters, sort, direction, after, limit })
  const line = liner(ctx.read, ctx.scope === 'a')
  return { entries: rows.map(line), next }
}

export function entriesPage(
  read: Reader,
  asked: Omit<Ask, 'alias'>,
): { readonly rows: readonly AuditRow[]; readonly next: Cursor | null } {
  const { filters, limit } = asked
  const none = { rows: [], next: null }
  const alias =
    filters.aboutPatient === null
      ? null
      : (read.get(aliasOf, { id: filters.aboutPatient })?.audit_alias ?? undefined)
  if (alias === undefined) return none
  const ask: Ask = { ...asked, alias, limit: limit + 1 }
  const place = placeForPage(read, ask)
  if (!place) return none
  const rows = sorted(read, ask, place)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last, ask.sort) : null }
}

function cursorOf(row: AuditRow, sort: Ask['sort']): Cursor {
  const value = {
    seq: null,
    at: row.at,
    person: row.user_id,
    role: row.role,
    door: row.door,
    action: row.action,
    category: row.category,
    patient: row.patient_alias,
    outcome: row.outcome,
  }[sort]
  return { value, seq: row.seq }
}

const columnOf = {
  person: 'user_id',
  role: 'role',
  door: 'door',
  action: 'action',
  category: 'category',
  outcome: 'outcome',
} as const

type Equals = Parameters<typeof walk>[1]['equals']

function sorted(read: Reader, ask: Ask, place: Place): AuditRow[] {
  const equals = equalsOf(ask.filters)
  const { sort, direction, after, limit } = ask
  const runs = actionsOf(read, ask.filters).map((action) => [
    ...equals,
    ...(action === null ? [] : [{ column: 'action' as const, value: action }]),
  ])
  /** Several actions asked for at once: a walk each, laid together. */
  const merged = (
    order: 'seq' | 'at' | 'patient',
    way: 'asc' | 'desc',
    more: Equals,
    from: Cursor | null,
    most: number,
  ): AuditRow[] => {
    const all = runs.flatMap((run) =>
      walk(read, { equals: [...run, ...more], place, order, direction: way, after: from, limit: most }),
    )
    if (runs.length > 1) all.sort((a, b) => compare(a, b, order) * (way === 'asc' ? 1 : -1))
    return all.slice(0, most)
  }
  if (sort === 'seq' || sort === 'at') return merged(sort, direction, [], after, limit)
  if (sort === 'patient') {
    const nobody = { column: 'patient_alias' as const, value: null }
    const isPast = after !== null && after.value === null
    const named = isPast ? [] : merged('patient', direction, [], after, limit)
    if (named.length >= limit) return named
    return [...named, ...merged('seq', 'desc', [nobody], isPast ? after : null, limit - named.length)]
  }
  return byValue(read, ask, (value, from, most) =>
    merged('seq', 'desc', [{ column: columnOf[sort], value }], from, most),
  )
}

/** Value after value in the order people read them; within a value the newest first; entries without one at the end. */
function byValue(
  read: Reader,
  { sort, direction, after, limit, filters }: Ask,
  walkOf: (value: string | null, from: Cursor | null, most: number) => AuditRow[],
): AuditRow[] {
  const column = columnOf[sort as keyof typeof columnOf]
  const fixed = { person: filters.person, outcome: filters.outcome, door: filters.door } as Record<
    string,
    string | null
  >
  const only = fixed[sort] ?? (sort === 'category' ? filters.category : null)
  let values: (string | null)[] = only === null ? valuesOf(read, column) : [only === 'none' ? null : only]
  if (sort === 'person' && only === null) values = byName(read, values as string[])
  if (direction === 'desc') values.reverse()
  if (only === null) values.push(null)
  const start = after === null ? 0 : values.indexOf(after.value)
  const found: AuditRow[] = []
  for (const [n, value] of values.slice(Math.max(0, start)).entries()) {
    const from = after !== null && start >= 0 && n === 0 ? after : null
    found.push(...walkOf(value, from, limit - found.length))
    if (found.length >= limit) break
  }
  return found
}

function byName(read: Reader, ids: readonly string[]): string[] {
  const named = ids.map((id) => ({ id, name: read.get(userName, { id })?.name ?? '' }))
  return named.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
}

function compare(a: AuditRow, b: AuditRow, order: 'seq' | 'at' | 'patient'): number {
  const text = (row: AuditRow) =>
    order === 'at' ? row.at : order === 'patient' ? (row.patient_alias ?? '') : ''
  const [x, y] = [text(a), text(b)]
  return x < y ? -1 : x > y ? 1 : a.seq - b.seq
}

function equalsOf(filters: AuditFilters): Equals {
  const { person, category, outcome, door } = filters
  return [
    ...(person === null ? [] : [{ column: 'user_id' as const, value: person === 'none' ? null : person }]),
    ...(category === null ? [] : [{ column: 'category' as const, value: category }]),
    ...(outcome === null ? [] : [{ column: 'outcome' as const, value: outcome }]),
    ...(door === null ? [] : [{ column: 'door' as const, value: door }]),
  ]
}

/** One action, every action of a thing, or any (`null`). */
function actionsOf(read: Reader, { action }: AuditFilters): (string | null)[] {
  if (action === null) return [null]
  if (action.includes('.')) return [action]
  return valuesOf(read, 'action').filter(
    (known) => known.startsWith(`${action}.`) || actionParts(known).thing === action,
  )
}

/** Puts names to ids; each is looked up once. */
export function liner(read: Reader, withPatients: boolean): (row: AuditRow) => AuditLine {
  const people = new Map<string, string | null>()
  const patients = new Map<string, { id: string; name_text: string } | undefined>()
  const person = (id: string | null) => {
    if (id === null) return null
    if (!people.has(id)) people.set(id, read.get(userName, { id })?.name ?? null)
    return people.get(id) ?? null
  }
  const patient = (alias: string | null) => {
    if (alias === null || !withPatients) return undefined
    if (!patients.has(alias)) patients.set(alias, read.get(patientOfAlias, { alias }))
    return patients.get(alias)
  }
  return (row) => {
    const found = patient(row.patient_alias)
    const more = withPatients && row.patient_alias !== null ? (read.get(moreOf, { seq: row.seq })?.n ?? 0) : 0
    return {
      seq: row.seq,
      at: row.at,
      clock: row.clock,
      userId: row.user_id,
      userName: person(row.user_id),
      role: row.role,
      sessionId: row.session_id,
      door: row.door,
      action: row.action,
      category: row.category,
      patientId: found?.id ?? null,
      // An erased patient has no name any more; that there was one stays.
      patientName: found?.name_text ?? (withPatients && row.patient_alias !== null ? '' : null),
      morePatients: withPatients ? more : null,
      outcome: row.outcome,
      code: row.code,
      detail: row.detail,
      commits: row.commits,
      opId: row.op_id,
    }
  }
}
