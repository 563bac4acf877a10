// The day's appointments as the schedule has them, for those whose patients one may see; other times stay taken.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import { appointmentsOn, resourcesOf, seesPhones, sight, visitTypesOf } from '#modules/scheduling/main/api.ts'
import type { DaySheetPaper } from '../shared/paper-data.ts'
import { paperWords } from '../shared/paper-words.ts'
import { letterheadOf } from './letterhead.ts'

export interface DaySheet {
  readonly paper: DaySheetPaper
  readonly patientIds: string[]
}

type Row = DaySheetPaper['providers'][number]['rows'][number]

export function daySheetOf(services: Services, ctx: QueryContext, date: string): DaySheet {
  const { read } = ctx
  const withPhone = seesPhones(ctx)
  const words = paperWords[letterheadOf(read).language]
  const appointments = appointmentsOn(read, date, { canSee: sight(services, ctx) })
  const nameOf = new Map<string, string>(resourcesOf(read).map((r) => [r.id, r.name]))
  const visitOf = new Map<string, string>(visitTypesOf(read).map((type) => [type.id, type.name]))
  const named = (names: Map<string, string>, id: string | null) =>
    id === null ? null : (names.get(id) ?? null)
  const rowsBy = new Map<string, Row[]>()
  for (const visit of appointments) {
    const rows = rowsBy.get(visit.providerId) ?? []
    rowsBy.set(visit.providerId, rows)
    rows.push({
      start: clock(visit.start),
      end: clock(visit.start + visit.minutes),
      patient: visit.patientName ?? '—',
      birthDate: visit.birthDate,
      recordNumber: visit.recordNumber ?? '',
      phone: visit.patientId === null || !withPhone ? null : (bannerOf(read, visit.patientId)?.phone ?? null),
      visitType: named(visitOf, visit.visitTypeId),
      room: named(nameOf, visit.roomId),
      status: words.statuses[visit.status],
      note: visit.reason,
    })
  }
  const providers = [...rowsBy]
    .map(([id, rows]) => ({ name: nameOf.get(id) ?? '', rows }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const patientIds = appointments.flatMap((visit) => (visit.patientId === null ? [] : [visit.patientId]))
  return { paper: { kind: 'day-sheet', date, providers }, patientIds: [...new Set<string>(patientIds)] }
}

/** Minutes after midnight as HH:MM; a visit may end after it. */
function clock(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60) % 24, minutes % 60]
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}
