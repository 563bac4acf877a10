// "Who opened this record": from the trail alone, a line for each day, person, way in and emergency (SECURITY 4.4).
import * as z from 'zod'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf, readSetting, setting, writeSetting } from '#modules/clinic/main/api.ts'
import { openReview } from '#modules/oversight/main/api.ts'
import { patientNameOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import type { AccessLine, AccessReport, audit } from '../shared/contract.ts'
import { verificationOf } from './chain.ts'
import { aliasOf, entriesPage, userName } from './list.ts'
import type { AuditRow } from './walk.ts'

type Procedures = (typeof audit)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** Role and department say enough for most; a clinic may decide to name people (SECURITY 6). */
const accessReportNames = setting('audit.accessReportNames', z.boolean(), false)

export const settings = ({ read }: QueryContext): Out<'settings'> => ({
  accessReportNames: readSetting(read, accessReportNames),
})
export function saveSettings(ctx: CommandContext, input: In<'saveSettings'>): Out<'saveSettings'> {
  writeSetting(ctx, accessReportNames, input.accessReportNames)
  return settings(ctx)
}

const mostEntries = 5_000
/** How long an emergency access lasts (SECURITY 4.2). */
const emergencyMs = 4 * 3_600_000

const deviceOf: Readonly<Record<string, string>> = {
  ipc: 'computer',
  https: 'browser',
  cli: 'command-line',
  job: 'automatic',
}

export function accessReport(
  services: Services,
  ctx: QueryContext,
  input: Pick<In<'accessReport'>, 'patientId' | 'from' | 'to'>,
): AccessReport {
  const { patientId, from, to } = input
  const patientName = patientNameOf(ctx.read, patientId)
  if (patientName === undefined) throw new AppError('NOT_FOUND')
  const showsNames = readSetting(ctx.read, accessReportNames)
  const none = { person: null, action: null, category: null, outcome: null, door: null } as const
  const { rows, next } = entriesPage(ctx.read, {
    filters: { from, to, aboutPatient: patientId, ...none },
    sort: 'seq',
    direction: 'desc',
    after: null,
    limit: mostEntries,
  })
  const { timeZone } = clinicOf(ctx.read)
  const lines = linesOf(
    rows.filter((row) => row.outcome === 'ok'),
    (at) => localDateIn(timeZone, Date.parse(at)),
    (id) => (showsNames ? (ctx.read.get(userName, { id })?.name ?? null) : null),
  )
  return {
    patientId,
    patientName,
    showsNames,
    lines,
    isCut: next !== null,
    verification: verificationOf(services, ctx.read),
  }
}

/** Rows newest first. */
export function linesOf(
  rows: readonly AuditRow[],
  dateOf: (at: string) => string,
  nameOf: (userId: string) => string | null,
): AccessLine[] {
  const isEmergency = emergencies(rows)
  const lines = new Map<string, AccessLine>()
  for (const row of rows) {
    const date = dateOf(row.at)
    const emergency = isEmergency(row)
    const key = JSON.stringify([date, row.user_id, row.role, row.door, emergency])
    const before = lines.get(key)
    lines.set(key, {
      seq: row.seq,
      date,
      first: before && before.first < row.at ? before.first : row.at,
      last: before && before.last > row.at ? before.last : row.at,
      times: (before?.times ?? 0) + 1,
      name: row.user_id === null ? null : nameOf(row.user_id),
      role: row.role,
      categories: [...new Set([...(before?.categories ?? []), row.category])].sort(),
      changed: (before?.changed ?? false) || row.commits !== null,
      printed: (before?.printed ?? false) || /\.(print|export|save-file|preview)/.test(row.action),
      emergency,
      device: deviceOf[row.door] ?? 'computer',
    })
  }
  return [...lines.values()]
}

/** An act counts as under emergency from its opening for four hours, or until the person ended it. */
function emergencies(rows: readonly AuditRow[]): (row: AuditRow) => boolean {
  const marks = rows
    .filter((row) => row.action === 'emergency.open' || row.action === 'emergency.end')
    .reverse()
  return (row) => {
    const last = marks.findLast((mark) => mark.user_id === row.user_id && mark.seq <= row.seq)
    if (!last) return false
    if (last.action === 'emergency.end') return last.seq === row.seq
    return Date.parse(row.at) - Date.parse(last.at) <= emergencyMs
  }
}

const questionHours = 72

export function question(ctx: CommandContext, input: In<'question'>): Out<'question'> {
  const alias = ctx.read.get(aliasOf, { id: input.patientId })?.audit_alias
  if (alias === undefined) throw new AppError('NOT_FOUND')
  const entry = entryAbout(ctx, input.seq, input.patientId)
  if (!entry) throw new AppError('NOT_FOUND')
  const reviewId = openReview(ctx, {
    kind: 'access-question',
    subject: `entry:${input.seq}`,
    patientId: input.patientId,
    ...(entry.user_id === null ? {} : { aboutUser: entry.user_id }),
    ...(input.words ? { detail: input.words } : {}),
    dueHours: questionHours,
  })
  return { reviewId: reviewId as Out<'question'>['reviewId'] }
}

/** The entry, where it is about that patient. */
function entryAbout(ctx: QueryContext, seq: number, patientId: string): AuditRow | undefined {
  const none = { from: null, to: null, person: null, action: null, category: null, outcome: null, door: null }
  const { rows } = entriesPage(ctx.read, {
    filters: { ...none, aboutPatient: patientId as In<'question'>['patientId'] },
    sort: 'seq',
    direction: 'desc',
    after: { value: null, seq: seq + 1 },
    limit: 1,
  })
  return rows[0]?.seq === seq ? rows[0] : undefined
}
