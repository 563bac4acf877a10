// Looks at records that nothing explains: asked of the trail every night, each find is a review item (AUD-09).
// A find is a question, not a verdict; what is counted as explained is written here and nowhere else.
import type { JobResult, ScheduledContext, ScheduledJob } from '#core/jobs/scheduled.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { notifyPrivacy, openReview } from '#modules/oversight/main/api.ts'
import { localDateIn } from '#shared/time.ts'
import { addDays, dayRange, wallTimeOf } from '#shared/zoned-time.ts'
import { sortKeyOf } from '#modules/patients/shared/search-terms.ts'
import { placeOf } from './walk.ts'

export type SnoopReason = 'surname' | 'street' | 'colleague' | 'no-relation' | 'repeated' | 'night'

export interface Snoop {
  readonly date: string
  readonly userId: string
  readonly alias: string
  readonly patientId: string
  readonly reasons: readonly SnoopReason[]
}

/** An appointment this many days before or after explains a look. */
const nearDays = 30
/** So many different days within two weeks are more than curiosity once. */
const repeatedDays = 3
const repeatedWithin = 14
/** Hours of the clinic's night: from 23 to 5. */
const isNight = (hour: number) => hour >= 23 || hour < 5
const dueHours = 7 * 24
/** How many days back a run looks: a clinic that was closed over a holiday is caught up. */
const daysBack = 7

export const looksBetween = preparedQuery<{ lo: number; hi: number; from: string; to: string }>()((db, p) =>
  db
    .selectFrom('audit_log')
    .select(['user_id', 'patient_alias', 'at', 'commits', 'action'])
    .where('seq', '>=', p.lo)
    .where('seq', '<=', p.hi)
    .where('at', '>=', p.from)
    .where('at', '<', p.to)
    .where('user_id', 'is not', null)
    .where('patient_alias', 'is not', null)
    .where('outcome', '=', 'ok')
    .where('category', 'in', ['clinical', 'demographics', 'billing']),
)
export const patientFacts = preparedQuery<{ alias: string }>()((db, p) =>
  db
    .selectFrom('patient')
    .select(['id', 'name_text', 'family', 'given'])
    .where('audit_alias', '=', p.alias)
    .where('voided_at', 'is', null),
)
export const streetsOf = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('patient_address')
    .select(['lines', 'city', 'postal_code'])
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null),
)
export const staff = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('user_account').select(['id', 'name']).where('voided_at', 'is', null),
)
export const patientsNamed = preparedQuery<{ name: string }>()((db, p) =>
  db
    .selectFrom('patient')
    .select(['id'])
    .where('name_sort', '>=', p.name)
    .where('name_sort', '<=', p.name)
    .where('voided_at', 'is', null)
    .limit(5),
)
export const visitsNear = preparedQuery<{ patient: string; from: string; to: string }>()((db, p) =>
  db
    .selectFrom('appointment as a')
    .leftJoin('schedulable as d', 'd.id', 'a.provider_id')
    .select(['d.user_id'])
    .where('a.patient_id', '=', p.patient)
    .where('a.start_at', '>=', p.from)
    .where('a.start_at', '<', p.to)
    .where('a.voided_at', 'is', null),
)
/** Who worked in the record, as opposed to looking at it. */
export const workOn = preparedQuery<{ alias: string; from: string; to: string }>()((db, p) =>
  db
    .selectFrom('audit_log')
    .select('user_id')
    .where('patient_alias', '=', p.alias)
    .where('commits', 'is not', null)
    .where('at', '>=', p.from)
    .where('at', '<', p.to)
    .where('outcome', '=', 'ok'),
)
export const daysLooked = preparedQuery<{ alias: string; user: string; from: string; to: string }>()(
  (db, p) =>
    db
      .selectFrom('audit_log')
      .select('at')
      .where('patient_alias', '=', p.alias)
      .where('user_id', '=', p.user)
      .where('at', '>=', p.from)
      .where('at', '<', p.to)
      .where('outcome', '=', 'ok'),
)

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
const words = (name: string) => fold(name.replaceAll(/\b(dr|prof|mr|mrs|ms|med)\b\.?/giu, ' ')).split(' ')
const sameWords = (a: string, b: string) => words(a).sort().join(' ') === words(b).sort().join(' ')
const surnameOf = (name: string) => words(name).at(-1) ?? ''

/** Finds of one day of the clinic's calendar. */
export function snoopsOf(read: Reader, date: string): Snoop[] {
  const { timeZone } = clinicOf(read)
  const dayStart = (day: string) => dayRange(day, timeZone).from
  const from = dayStart(date)
  const to = dayStart(addDays(date, 1))
  const place = placeOf(read, { filters: { from, to } as never, alias: null })
  if (!place) return []
  const pairs = new Map<string, { user: string; alias: string; times: string[]; wrote: boolean }>()
  for (const look of read.all(looksBetween, { lo: place.lo, hi: place.hi, from, to })) {
    const [user, alias] = [look.user_id ?? '', look.patient_alias ?? '']
    const key = `${user} ${alias}`
    const pair = pairs.get(key) ?? { user, alias, times: [], wrote: false }
    pair.times.push(look.at)
    pair.wrote ||= look.commits !== null
    pairs.set(key, pair)
  }
  if (pairs.size === 0) return []
  const people = new Map(read.all(staff, {}).map((person) => [person.id, person.name]))
  const near = { from: dayStart(addDays(date, -nearDays)), to: dayStart(addDays(date, nearDays + 1)) }
  const hourOf = (at: string) => Math.floor(wallTimeOf(at, timeZone).minutes / 60)
  const found: Snoop[] = []
  for (const { user, alias, times, wrote } of pairs.values()) {
    const patient = read.get(patientFacts, { alias })
    const name = people.get(user)
    if (!patient || name === undefined || wrote) continue
    const visits = read.all(visitsNear, { patient: patient.id, ...near })
    const workers = new Set(read.all(workOn, { alias, ...near }).map((row) => row.user_id))
    if (visits.some((visit) => visit.user_id === user) || workers.has(user)) continue
    const reasons: SnoopReason[] = []
    const isColleague = [...people.values()].some((other) => sameWords(other, patient.name_text))
    if (isColleague) reasons.push('colleague')
    const family = fold(patient.family ?? '') || surnameOf(patient.name_text)
    if (family.length > 1 && family.split(' ').at(-1) === surnameOf(name)) reasons.push('surname')
    if (sharesStreet(read, name, patient.id)) reasons.push('street')
    if (visits.length === 0 && workers.size === 0) reasons.push('no-relation')
    const since = dayStart(addDays(date, -repeatedWithin + 1))
    const days = new Set(
      read
        .all(daysLooked, { alias, user, from: since, to })
        .map(({ at }) => localDateIn(timeZone, Date.parse(at))),
    )
    if (days.size >= repeatedDays) reasons.push('repeated')
    if (times.some((at) => isNight(hourOf(at)))) reasons.push('night')
    if (reasons.length > 0) found.push({ date, userId: user, alias, patientId: patient.id, reasons })
  }
  return found
}

function sharesStreet(read: Reader, staffName: string, patientId: string): boolean {
  const own = ownRecords(read, staffName).filter((id) => id !== patientId)
  if (own.length === 0) return false
  const streets = (id: string) =>
    read.all(streetsOf, { patient: id }).flatMap(({ lines, city, postal_code: code }) => {
      const [line = ''] = (lines ?? '').split('\n')
      // The street without its number, in the same town: neighbours live in other houses.
      const street = fold(line)
        .replaceAll(/\b\d+\s?\p{L}?\b/gu, '')
        .trim()
      return street.length > 3 ? [`${street}|${fold(code ?? '') || fold(city ?? '')}`] : []
    })
  const theirs = new Set(streets(patientId))
  return own.some((id) => streets(id).some((street) => theirs.has(street)))
}

/** Records of the person themself, found by the whole name. */
function ownRecords(read: Reader, staffName: string): string[] {
  const parts = words(staffName)
  const name = sortKeyOf(staffName, parts.at(-1) ?? null, parts.slice(0, -1).join(' ') || null)
  return read.all(patientsNamed, { name }).map((row) => row.id)
}

/** Opens an item for each new find of the last days, and tells the privacy duty once. */
export async function lookForSnoops(job: ScheduledContext): Promise<JobResult> {
  const today = job.read((read) => localDateIn(clinicOf(read).timeZone, job.now()))
  for (let back = daysBack; back >= 1; back--) {
    if (job.signal.aborted) return {}
    const date = addDays(today, -back)
    const found = job.read((read) => snoopsOf(read, date))
    if (found.length === 0) continue
    const isNew = (snoop: Snoop) =>
      job.read((read) => read.get(reviewOf, { subject: subjectOf(snoop) })) === undefined
    const fresh = found.filter(isNew)
    if (fresh.length === 0) continue
    job.transact(
      { action: 'audit.snooping', category: 'audit', detail: `${date}: ${fresh.length}` },
      (ctx) => {
        for (const snoop of fresh) {
          openReview(ctx, {
            kind: 'snooping',
            subject: subjectOf(snoop),
            aboutUser: snoop.userId,
            patientId: snoop.patientId,
            detail: snoop.reasons.join(' '),
            dueHours,
          })
        }
        notifyPrivacy(ctx, { kind: 'snooping', detail: String(fresh.length) })
      },
    )
    await Promise.resolve()
  }
  return {}
}

const subjectOf = ({ date, userId, alias }: Snoop) => `day:${date}:${userId}:${alias}`
export const reviewOf = preparedQuery<{ subject: string }>()((db, p) =>
  db
    .selectFrom('review_item')
    .select('id')
    .where('kind', '=', 'snooping')
    .where('subject', '=', p.subject)
    .where('voided_at', 'is', null)
    .limit(1),
)

export const snoopingJob: ScheduledJob = {
  name: 'audit.snooping',
  cron: '30 2 * * *',
  run: lookForSnoops,
}
