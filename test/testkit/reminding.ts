// For tests of reminders: patients who agreed, visits in the schedule, an account at the loopback server, and the clock.
import type { PatientId } from '#shared/ids.ts'
import type { TestClinic } from './clinic.ts'
import type { MailServer } from './mail-server.ts'
import { syncedTableNamed } from './tables.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const remindersJob = 'reminders.send'

export interface PatientOptions {
  readonly name?: string
  readonly given?: string | null
  readonly language?: string | null
  readonly email?: string | null
  readonly consent?: 'yes' | 'no' | 'unknown'
}

export async function patientWith(clinic: TestClinic, options: PatientOptions = {}): Promise<PatientId> {
  const { email = 'ana@example.org', consent = 'yes' } = options
  const desk = clinic.as('reception')
  const { id } = await desk.patients.register({
    name: options.name ?? 'Ana Sol',
    given: options.given === undefined ? 'Ana' : options.given,
    gender: 'female',
    language: options.language ?? null,
    telecoms: email === null ? [] : [{ system: 'email', use: 'home', value: email, rank: 1 }],
  })
  if (consent !== 'unknown') {
    await desk.reminders.setConsent({ patientId: id, channel: 'email', status: consent, rev: 0 })
  }
  return id
}

const appointment = syncedTableNamed('appointment')

export function bookVisit(clinic: TestClinic, patientId: string, startMs: number, typeId?: string): string {
  const startAt = new Date(startMs).toISOString()
  return clinic.transact((ctx) =>
    ctx.write.insert(appointment, {
      patient_id: patientId,
      start_at: startAt,
      end_at: new Date(startMs + 15 * minute).toISOString(),
      provider_id: '01934b6a-0000-7000-8000-0000000000aa',
      visit_type_id: typeId ?? null,
      status: 'booked',
      closed_late: 0,
      detached: 0,
      walk_in: 0,
      booked_at: ctx.now,
    }),
  )
}

export function moveVisit(clinic: TestClinic, id: string, startMs: number): void {
  clinic.transact((ctx) =>
    ctx.write.update(appointment, id, 'any', {
      start_at: new Date(startMs).toISOString(),
      end_at: new Date(startMs + 15 * minute).toISOString(),
    }),
  )
}

export function setVisitStatus(clinic: TestClinic, id: string, status: string): void {
  clinic.transact((ctx) => ctx.write.update(appointment, id, 'any', { status }))
}

export async function setUpServer(
  clinic: TestClinic,
  server: Pick<MailServer, 'port' | 'certificate'>,
  more: { user?: string; password?: string; tls?: 'starttls' | 'implicit' | 'none'; caPem?: null } = {},
): Promise<void> {
  const admin = clinic.as('admin')
  const { mail } = await admin.reminders.settings({})
  await admin.reminders.saveMail({
    rev: mail.rev,
    enabled: true,
    host: '127.0.0.1',
    port: server.port,
    tls: more.tls ?? 'starttls',
    caPem: more.caPem === null ? null : server.certificate,
    userName: more.user ?? null,
    ...(more.password === undefined ? {} : { password: more.password }),
    fromName: 'Praxis am Markt',
    fromAddress: 'desk@clinic.example',
    replyTo: null,
  })
}

/** Lets the clock go on minute by minute, running what is due, as an open clinic does. */
export async function runFor(clinic: TestClinic, ms: number, stepMs = minute): Promise<void> {
  await clinic.clinic.runDueJobs()
  for (let gone = 0; gone < ms; gone += stepMs) {
    clinic.tick(stepMs)
    await clinic.clinic.runDueJobs()
  }
  // Nobody touched a key meanwhile: the screens locked themselves, which is not what these tests are about.
  for (const session of clinic.clinic.services.sessions.list()) {
    session.locked = false
    clinic.clinic.services.sessions.touch(session)
  }
}

export const jobState = async (clinic: TestClinic) =>
  (await clinic.as('admin').clinic.health({})).jobs.find((job) => job.name === remindersJob)
