// A clinic of its own for what the demo has none of: a recovery kit, colleagues with their own passwords and one with a
// second factor, places for backups of which one went missing, acts that wait for a second person, a day for the copy.
// All of it by real acts.
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { localDateIn } from '#shared/time.ts'
import { askNothing } from '../support/ask-nothing.ts'
import { founder } from '../support/acts.ts'
import { WebCaller } from '../support/web-caller.ts'
import type { WebHost } from '../support/web-host.ts'

export { founder } from '../support/acts.ts'

export interface OwnClinic {
  /** The kit's groups, as they stand on paper. */
  readonly kit: readonly string[]
  /** A place that holds good backups. */
  readonly backupFolder: string
}

const timeZone = 'Europe/Berlin'
/** Signs in with a second factor. */
export const withFactor = { username: 'lena.vogt', name: 'Lena Vogt', roles: ['nurse'] } as const
/** Has none yet. */
export const withoutFactor = { username: 'ada.brook', name: 'Ada Brook', roles: ['reception'] } as const
const others = [{ username: 'tom.ahrens', name: 'Dr. Tom Ahrens', roles: ['doctor'] }] as const

const patients = [
  { name: 'Ana Sol', birthDate: '1980-05-06', at: 9 * 60, allergy: 'Penicillin', phone: '0170 5550101' },
  { name: 'Yusuf Demir', birthDate: '1956-11-30', at: 9 * 60 + 20, allergy: null, phone: '0170 5550102' },
  { name: 'Greta Lindqvist', birthDate: '2019-02-14', at: 10 * 60, allergy: 'Peanut', phone: null },
]

/** `dir` is the clinic's folder, `outside` where its backups go. */
export async function makeOwnClinic(host: WebHost, dir: string, outside: string): Promise<OwnClinic> {
  const admin = new WebCaller(host, dir)
  const kit = await found(admin)
  await askNothing((procedure, input) => admin.call(procedure, input))
  await admin.call('session.switchRole', { role: 'admin' })
  const bornWith = (person: (typeof others)[number] | typeof withFactor | typeof withoutFactor) =>
    addPerson(admin, new WebCaller(host, dir), person)
  await bornWith(withoutFactor)
  for (const person of others) await bornWith(person)
  await enrol(await bornWith(withFactor))
  await day(admin)
  await admin.call('session.switchRole', { role: 'admin' })
  await secondPersons(admin, kit)
  const backupFolder = await keep(admin, outside)
  return { kit, backupFolder }
}

async function found(caller: WebCaller): Promise<readonly string[]> {
  await boot(caller, 'create', {
    clinicName: founder.clinicName,
    country: 'DE',
    timeZone,
    currency: 'EUR',
    locale: 'en-DE',
    admin: { name: founder.name, username: founder.username, password: founder.password, isDoctor: true },
  })
  const sheet = await boot<{ groups: string[]; ask: number[] }>(caller, 'kitSheet', {})
  await boot(caller, 'confirmKit', { typed: sheet.ask.map((at) => sheet.groups[at] ?? '') })
  return sheet.groups
}

async function boot<T = unknown>(caller: WebCaller, name: string, input: unknown): Promise<T> {
  const reply = await caller.bootstrap(name, input)
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${JSON.stringify(reply.error.details)}`)
  return reply.value as T
}

/** With a password of their own, and signed in. */
async function addPerson(
  admin: WebCaller,
  theirs: WebCaller,
  { username, name, roles }: { username: string; name: string; roles: readonly string[] },
): Promise<WebCaller> {
  const { code } = await admin.call<{ code: string }>('people.create', { username, name, roles })
  await theirs.call('session.setPassword', { username, code, newPassword: founder.password })
  await theirs.call('session.signIn', { username, password: founder.password })
  return theirs
}

async function enrol(theirs: WebCaller): Promise<void> {
  const { secret } = await theirs.call<{ secret: string }>('session.beginFactor')
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
  await theirs.call('session.confirmFactor', { code })
}

async function day(caller: WebCaller): Promise<void> {
  const provider = await caller.call<{ id: string }>('scheduling.saveProvider', {
    id: null,
    rev: null,
    name: founder.name,
    colour: 'blue',
    position: 1,
  })
  await caller.call('session.switchRole', { role: 'doctor' })
  for (const { name, birthDate, at, allergy, phone } of patients) {
    const { id } = await caller.call<{ id: string }>('patients.register', {
      name,
      gender: 'unknown',
      birthDate,
      ...(phone ? { telecoms: [{ system: 'phone', use: 'mobile', value: phone, rank: 1 }] } : {}),
    })
    if (allergy)
      await caller.call('profile.addAllergy', {
        patientId: id,
        substance: { system: null, code: null, display: allergy },
        criticality: 'high',
      })
    await caller.call('scheduling.book', {
      patientId: id,
      date: localDateIn(timeZone, Date.now()),
      start: at,
      minutes: 15,
      providerId: provider.id,
      visitTypeId: null,
      override: { reason: 'outside of the hours' },
    })
  }
}

interface Request {
  readonly id: string
  readonly rev: number
  readonly facts: readonly { readonly name: string; readonly value: string }[]
}

/** One that waits, one agreed to with the kit, one taken back. */
async function secondPersons(admin: WebCaller, kit: readonly string[]): Promise<void> {
  const roles = ['admin', 'doctor']
  const ask = async (username: string, name: string): Promise<Request> => {
    await admin.try('people.create', { username, name, roles })
    const { requests } = await admin.call<{ requests: Request[] }>('access.listRequests')
    const own = requests.find(({ facts }) => facts.some(({ value }) => value === username))
    if (!own) throw new Error('no second person was asked')
    return own
  }
  const back = await ask('otto.klein', 'Otto Klein')
  await admin.call('access.withdraw', { id: back.id, rev: back.rev })
  const agreed = await ask('olga.petrova', 'Dr. Olga Petrova')
  await admin.call('access.approveWithKit', { id: agreed.id, rev: agreed.rev, kit: kit.join(' ') })
  await ask('ines.moreau', 'Dr. Ines Moreau')
}

/** Two backups: one at all places, one for which a disk was not plugged in; a test restore and a drill. */
async function keep(admin: WebCaller, outside: string): Promise<string> {
  const disk = (name: string) => {
    const folder = path.join(outside, name)
    mkdirSync(folder, { recursive: true })
    return folder
  }
  const save = (target: Record<string, unknown>) =>
    admin.call('backups.saveTarget', { target: { id: null, rev: 0, ...target } })
  const good = disk('office-share')
  const lost = disk('red-disk')
  await save({ kind: 'folder', name: 'Share in the office', path: good, offSite: false, neverDelete: false })
  await save({ kind: 'folder', name: 'Red USB disk', path: lost, offSite: true, neverDelete: true })
  await backUp(admin)
  rmSync(lost, { recursive: true })
  await backUp(admin)
  await admin.call('backups.testRestore')
  await rest(admin)
  await admin.call('backups.recordDrill', {
    outcome: 'ok',
    minutes: 35,
    note: 'On the spare laptop. The kit was in the safe, the second copy at home.',
  })
  return good
}

async function backUp(admin: WebCaller): Promise<void> {
  await admin.call('backups.make')
  await rest(admin)
}

/** Until nothing is under way any more. */
async function rest(admin: WebCaller): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const { running } = await admin.call<{ running: unknown }>('backups.overview')
    if (running === null) return
    if (Date.now() > deadline) throw new Error('the backup does not end')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
