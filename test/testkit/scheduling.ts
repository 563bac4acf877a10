// A clinic with a schedule: two doctors, two rooms, kinds of visit, hours from eight to five with a break at noon.
import type { Client } from './client.ts'
import { type TestClinic, type TestClinicOptions, testClinic } from './clinic.ts'

type Visits = Awaited<ReturnType<typeof scheduleOf>>
export interface ScheduledClinic extends Visits {
  readonly clinic: TestClinic
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export async function scheduledClinic(options: TestClinicOptions = {}): Promise<ScheduledClinic> {
  const clinic = await testClinic(options)
  return {
    clinic,
    ...(await scheduleOf(clinic)),
    [Symbol.asyncDispose]: async () => clinic[Symbol.asyncDispose](),
  }
}

async function scheduleOf(clinic: TestClinic) {
  const admin = clinic.as('admin').scheduling
  const room = await admin.saveRoom({ id: null, rev: null, name: 'Room 1', colour: 'grey', roomKind: 'exam' })
  const room2 = await admin.saveRoom({
    id: null,
    rev: null,
    name: 'Room 2',
    colour: 'grey',
    roomKind: 'exam',
  })
  const doctor = await admin.saveProvider({
    id: null,
    rev: null,
    name: 'Dr One',
    colour: 'blue',
    position: 1,
    userId: clinic.userId('doctor') as never,
    defaultRoomId: room.id,
  })
  const other = await admin.saveProvider({
    id: null,
    rev: null,
    name: 'Dr Two',
    colour: 'green',
    position: 2,
  })
  const followUp = await admin.saveVisitType({
    id: null,
    rev: null,
    name: 'Follow-up',
    minutes: 30,
    colour: 'blue',
    feeCode: 'FU',
  })
  const inRoom = await admin.saveVisitType({
    id: null,
    rev: null,
    name: 'Examination',
    minutes: 30,
    colour: 'violet',
    roomKind: 'exam',
  })
  await admin.saveHours({ resourceId: null, version: '', rules: week })
  const register = async (name: string, desk: Client = clinic.as('reception')) =>
    (await desk.patients.register({ name, gender: 'female', birthDate: '1980-05-06' })).id
  return { room, room2, doctor, other, followUp, inRoom, register, patient: await register('Ana Sol') }
}

const line = (weekday: number, from: number, until: number, kind: 'open' | 'break') =>
  ({ weekday, from, until, kind, validFrom: null, validUntil: null }) as const

export const week = [1, 2, 3, 4, 5].flatMap((weekday) => [
  line(weekday, 8 * 60, 17 * 60, 'open'),
  line(weekday, 12 * 60, 13 * 60, 'break'),
])

export const monday = '2026-03-02'
export const at = (hours: number, minutes = 0): number => hours * 60 + minutes

/** Time passes while people work: nobody's screen locks. */
export function later(clinic: TestClinic, ms: number): void {
  clinic.tick(ms)
  for (const session of clinic.clinic.services.sessions.list()) session.lastActiveAt = clinic.now()
}
