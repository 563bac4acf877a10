// A clinic that is ready for its day, whenever the test runs: its time zone is chosen so that it is the middle of a
// morning there, it is open all week, and one person holds every hat of a small practice.
import type { Page } from '@playwright/test'
import { callFrom } from './call.ts'
import { founder, workAs } from './acts.ts'

const cents = 4500

export interface DayClinic {
  readonly doctorId: string
  readonly roomId: string
}

export async function setUpForTheDay(page: Page, locale: string): Promise<DayClinic> {
  await workAs(page, 'Administrator')
  const call = <T>(procedure: string, input: unknown = {}) => callFrom<T>(page, procedure, input)
  const clinic = await call<Record<string, unknown>>('clinic.get')
  await call('clinic.update', {
    rev: clinic.rev,
    name: founder.clinicName,
    country: 'IE',
    timeZone: morningZone(new Date()),
    currency: 'EUR',
    locale,
    oneCareTeam: true,
  })
  const [me] = await call<{ id: string; rev: number; name: string; roles: string[] }[]>('people.list')
  if (!me) throw new Error('nobody works here')
  await call('people.update', {
    id: me.id,
    rev: me.rev,
    name: me.name,
    roles: ['admin', 'doctor', 'nurse', 'reception', 'billing'],
  })
  const room = await call<{ id: string }>('scheduling.saveRoom', {
    id: null,
    rev: null,
    name: 'Room 1',
    colour: 'grey',
    kind: 'room',
    roomKind: 'exam',
  })
  const doctor = await call<{ id: string }>('scheduling.saveProvider', {
    id: null,
    rev: null,
    name: 'Dr. Keller',
    colour: 'blue',
    userId: me.id,
    defaultRoomId: room.id,
  })
  await call('scheduling.saveVisitType', {
    id: null,
    rev: null,
    name: 'Consultation',
    minutes: 15,
    colour: 'blue',
    feeCode: 'CONS',
    noteTitle: 'Consultation',
  })
  const { hours } = await call<{ hours: { resourceId: string | null; version: string }[] }>(
    'scheduling.setup',
  )
  await call('scheduling.saveHours', {
    resourceId: null,
    version: hours.find((h) => h.resourceId === null)?.version ?? '',
    rules: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      from: 0,
      until: 1440,
      kind: 'open',
      validFrom: null,
      validUntil: null,
    })),
  })
  await call('billing.setTaxRate', {
    code: 'exempt',
    name: 'Exempt',
    basisPoints: 0,
    validFrom: '2020-01-01',
  })
  await call('billing.addFee', {
    code: 'CONS',
    title: 'Consultation',
    category: 'visit',
    amountMinor: cents,
    taxCode: 'exempt',
    validFrom: '2020-01-01',
  })
  return { doctorId: doctor.id, roomId: room.id }
}

/** A zone in which it is between nine and ten now: no test may meet midnight. Its sign is the other way round (POSIX). */
function morningZone(now: Date): string {
  const ahead = (9 - now.getUTCHours() + 24) % 24
  const offset = ahead > 14 ? ahead - 24 : ahead
  if (offset === 0) return 'Etc/GMT'
  return offset > 0 ? `Etc/GMT-${offset}` : `Etc/GMT+${-offset}`
}
