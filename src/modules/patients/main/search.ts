// Finding patients: as somebody types, before anybody types, and those who may be the same person.
import type { QueryContext } from '#core/rpc/context.ts'
import type { PreparedQuery, Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { parseDateInput } from '#shared/date-input.ts'
import type { InputOf } from '#shared/contract.ts'
import { localDateIn } from '#shared/time.ts'
import type { patients, PatientLine, SimilarPatient } from '../shared/contract.ts'
import { foldIdentifier } from '../shared/fold.ts'
import { type DateReader, parseSearch, wholeToken } from '../shared/search-query.ts'
import { identifierTokens, nameTokens, phoneKey } from '../shared/search-terms.ts'
import type * as z from 'zod'
import { type LineRow, rowToLine } from './rows.ts'
import * as q from './queries.ts'
import * as s from './search-queries.ts'

type Similar = z.infer<typeof SimilarPatient>
type Reason = Similar['because'][number]
type FoundRow = LineRow & { readonly n: number; readonly name_sort: string }
type Procedures = (typeof patients)['procedures']

/** Whole words first, then beginnings; each of the two in the order of a register. */
export function search(ctx: QueryContext, { text, limit }: InputOf<Procedures['search']>) {
  const query = parseSearch(text, dateReader(ctx))
  if (!query) return { patients: [], more: false }
  const wanted = limit + 1
  const rows = sorted(rowsMatching(ctx, query.exact, wanted))
  if (rows.length < wanted) {
    const seen = new Set(rows.map((row) => row.n))
    rows.push(...sorted(rowsMatching(ctx, query.prefix, wanted).filter((row) => !seen.has(row.n))))
  }
  return { patients: rows.slice(0, limit).map(rowToLine), more: rows.length > limit }
}

/** Looking into the index for one patient costs as much as taking this many hits out of it (measured at 200,000). */
const hitsPerLook = 100
const mostLooks = 500

function rowsMatching({ read, scope, actor, now }: QueryContext, match: string, limit: number): FoundRow[] {
  if (scope !== 'r' && scope !== 'fr') return read.all(s.patientsByWords, { match, limit })
  const related = read.all(s.relatedUpTo, { user: actor.userId, most: mostLooks }).length
  if (related === 0) return []
  const most = related * hitsPerLook
  const manyHits = related < mostLooks && (read.get(s.hitsUpTo, { match, most })?.count ?? 0) >= most
  const query = manyHits ? s.fewRelatedPatientsByWords : s.relatedPatientsByWords
  return read.all(query, { match, limit, user: actor.userId, now })
}

/** Folded keys compare by code point: the same order on every machine, whatever its language. */
function sorted(rows: FoundRow[]): FoundRow[] {
  return rows.sort((a, b) => (a.name_sort < b.name_sort ? -1 : a.name_sort > b.name_sort ? 1 : a.n - b.n))
}

function dateReader({ read, nowMs }: QueryContext): DateReader {
  const clinic = clinicOf(read)
  const options = { locale: clinic.locale, today: localDateIn(clinic.timeZone, nowMs) }
  return (text) => {
    const result = parseDateInput(text, options)
    return result.ok ? result.date : null
  }
}

const recentLength = 20
/** One chart opened over and over fills a log quickly; beyond this the list is just shorter. */
const recentDepth = 300

export function recent(ctx: QueryContext) {
  const { read, actor } = ctx
  const openedAt = new Map<string, string>()
  for (const row of read.all(s.lastOpened, { user: actor.userId, limit: recentDepth })) {
    if (row.patient_alias !== null && !openedAt.has(row.patient_alias))
      openedAt.set(row.patient_alias, row.at)
  }
  const lines: (PatientLine & { openedAt: string | null })[] = []
  for (const [alias, at] of openedAt) {
    if (lines.length === recentLength) break
    const row = read.get(s.patientLineByAlias, { alias })
    if (row && mayList(ctx, row.id)) lines.push({ ...rowToLine(row), openedAt: at })
  }
  return { patients: lines, total: patientTotal(read) }
}

function mayList({ read, scope, actor, now }: QueryContext, patientId: string): boolean {
  if (scope !== 'r' && scope !== 'fr') return true
  return read.get(q.isInCareTeam, { user: actor.userId, patient: patientId, now }) !== undefined
}

export function patientTotal(read: Reader): number {
  const counts = read.get(q.patientCounts, {})
  return (counts?.last ?? 0) - (counts?.voided ?? 0)
}

const mostSimilar = 8
/** Enough to hold the true twin among people of one name; each kind of likeness is looked up by itself. */
const mostCandidates = 50
const weights: { readonly [R in Reason]: number } = { identifier: 8, 'birth-date': 4, name: 3, phone: 2 }

/** Warns, never blocks: two people may well share name, birth date or phone. */
export function findSimilar(ctx: QueryContext, input: InputOf<Procedures['findSimilar']>): Similar[] {
  const found = new Map<string, { row: FoundRow; because: Set<Reason> }>()
  const add = (row: FoundRow, ...reasons: Reason[]) => {
    if (row.id === input.except) return
    const known = found.get(row.id) ?? { row, because: new Set<Reason>() }
    for (const reason of reasons) known.because.add(reason)
    found.set(row.id, known)
  }
  for (const row of byIdentifier(ctx.read, input.identifiers)) add(row, 'identifier')
  for (const row of byBirthDate(ctx.read, input.birthDate, input.name)) add(row, 'birth-date', 'name')
  for (const row of byPhone(ctx.read, input.phone)) add(row, 'phone')
  for (const row of byName(ctx.read, input.name)) add(row, 'name')
  for (const { row, because } of found.values()) {
    if (input.birthDate !== null && row.birth_date === input.birthDate) because.add('birth-date')
  }
  const score = (because: ReadonlySet<Reason>) =>
    [...because].reduce((sum, reason) => sum + weights[reason], 0)
  return [...found.values()]
    .sort((a, b) => score(b.because) - score(a.because) || a.row.n - b.row.n)
    .slice(0, mostSimilar)
    .map(({ row, because }) => ({ ...rowToLine(row), because: [...because] }))
}

function byIdentifier(read: Reader, identifiers: readonly string[]): FoundRow[] {
  return identifiers.flatMap((value) => {
    const whole = foldIdentifier(value)
    const match = whole.length < 3 ? null : wholeToken(whole)
    if (!match) return []
    const rows = read.all(s.patientsByWords, { match, limit: mostCandidates })
    // The index also holds parts of identifiers and phones; only the whole one is a reason.
    return rows.filter((row) => {
      const values = [row.record_number, ...read.all(q.identifiersOf, { id: row.id }).map((i) => i.value)]
      return values.some((v) => foldIdentifier(v) === whole || identifierTokens(v).has(whole))
    })
  })
}

function byBirthDate(read: Reader, date: string | null, name: string): FoundRow[] {
  // A year alone is shared by too many to say anything.
  if (date === null || date.length < 7) return []
  const asked = [...nameTokens(name)]
  const rows = read.all(s.patientsByBirthDate, { date, limit: mostCandidates * 10 })
  return rows.filter((row) => {
    const own = [...nameTokens(row.name_text)]
    return asked.some((a) => own.some((b) => alike(a, b)))
  })
}

function byPhone(read: Reader, phone: string | null): FoundRow[] {
  const key = phone === null ? null : phoneKey(phone)
  const match = key === null ? null : wholeToken(key)
  if (!match) return []
  const rows = read.all(s.patientsByWords, { match, limit: mostCandidates })
  return rows.filter((row) => read.all(q.telecomsOf, { id: row.id }).some((t) => phoneKey(t.value) === key))
}

/** Every word of the name, in any order. One word alone says something only where it is the whole name. */
function byName(read: Reader, name: string): FoundRow[] {
  const query = parseSearch(name, () => null)
  if (!query) return []
  const words = nameTokens(name)
  const rows = read.all(s.patientsByWords as PreparedQuery<{ match: string; limit: number }, FoundRow>, {
    match: query.exact,
    limit: mostCandidates,
  })
  return rows.filter((row) => {
    const own = nameTokens(row.name_text)
    return words.size > 1 || own.size === words.size
  })
}

/** The same word, or one slip of the finger in a longer one. */
export function alike(a: string, b: string): boolean {
  if (a === b) return a.length > 1
  if (a.length < 4 || b.length < 4 || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const restA = a.slice(i)
  const restB = b.slice(i)
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  )
}
