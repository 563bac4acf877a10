// The copy of the day: written while the clinic is open, read by a real host whose database does not open (REL-07).
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClinicHost, HostOptions } from '#core/host.ts'
import { memoryDeviceSecrets } from '#core/keys/device-secret.ts'
import type { OpenClinic } from '#core/clinic-types.ts'
import { sensitivityLabel } from '#modules/access/main/tables.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import { modules } from '#modules/main.ts'
import { createAccount, setFirstCredential } from '#modules/people/main/api.ts'
import { appointmentTable, bookAppointment } from '#modules/scheduling/main/api.ts'
import { schedulable } from '#modules/scheduling/main/tables.ts'
import { createPatient } from '#modules/patients/main/api.ts'
import { RegisterPatient } from '#modules/patients/shared/contract.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import type { KitSheet } from '#shared/bootstrap.ts'
import type { DowntimeList } from '#shared/downtime.ts'
import type { Reply } from '#shared/errors.ts'
import type { Role } from '#shared/permissions.ts'
import { testCaller, testFounding, testHost, testPassword, type TestHost } from '#testkit/host.ts'

let folder: TestHost
beforeEach(() => {
  folder = testHost()
})
afterEach(() => folder[Symbol.asyncDispose]())

const quarter = 15 * 60_000
/** People close it: modules do their last work then. Nothing ticks by itself, and backups have tests of their own. */
const desktop: Partial<HostOptions> = {
  ticker: () => () => {},
  modules: modules.map((module) => {
    const { schedule: _jobs, atClose: _last, ...others } = module
    return module.name === 'downtime' ? module : others
  }),
}
const who = { username: 'anna', password: testPassword }
const byPassword = (username = 'anna', password = testPassword) => ({
  opener: { kind: 'password', username, password },
})
const packet = () => path.join(folder.dir, 'downtime.packet')
const looks = () => path.join(folder.dir, 'downtime.looks')
const codeOf = (reply: Reply) => (reply.ok ? 'ok' : reply.error.code)
const value = <T>(reply: Reply): T => {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.error)}`)
  return reply.value as T
}
const clinicOf = (host: ClinicHost): OpenClinic => {
  const clinic = host.clinic()
  if (!clinic) throw new Error('not open')
  return clinic
}
const act = <T>(host: ClinicHost, run: (ctx: CommandContext) => T): T =>
  clinicOf(host).transact({ actor: null, door: 'job' }, { action: 'test.seed', category: 'system' }, run)
const read = async (host: ClinicHost, input: unknown = byPassword(), source = 'window-1') =>
  await host.bootstrap('readDowntime', input, testCaller(source))
const listOf = async (host: ClinicHost, input: unknown = byPassword()) =>
  value<DowntimeList>(await read(host, input))
const unlock = (host: ClinicHost) => host.bootstrap('unlock', who, testCaller())
const audit = (host: ClinicHost, action: string) =>
  clinicOf(host).read((r) =>
    r.list((db) => db.selectFrom('audit_log').selectAll().where('action', '=', action).orderBy('seq')),
  )

async function founded(): Promise<ClinicHost> {
  const host = await folder.open(desktop)
  value(await host.bootstrap('create', testFounding, testCaller()))
  act(host, (ctx) => {
    ctx.write.insert(schedulable, {
      kind: 'provider',
      name: 'Dr Zuzana Brook',
      active: 1,
      colour: 'blue',
      position: 1,
    })
  })
  // From this look on the clock's jobs have their times.
  await clinicOf(host).runDueJobs()
  return host
}

const today = '2026-03-02'
const providerOf = (ctx: CommandContext) =>
  ctx.read.list((db) => db.selectFrom('schedulable').select('id').limit(1))[0]?.id ?? ''

interface Person {
  readonly id: string
  readonly allergy: string
  readonly medicine: string
  readonly problem: string
}

/** Somebody who comes, with one of each kind of thing that care has to know. */
function comes(host: ClinicHost, name: string, date = today, start = 9 * 60): Person {
  return act(host, (ctx) => {
    const phone = `0170 ${name.length}55501`
    const patient_id = createPatient(
      ctx,
      RegisterPatient.parse({
        name,
        gender: 'female',
        birthDate: '1980-05-06',
        telecoms: [{ system: 'phone', use: 'mobile', value: phone, rank: 1 }],
      }),
    )
    const word = name.replaceAll(' ', '')
    const own = { patient_id }
    bookAppointment(ctx, {
      patientId: patient_id,
      date,
      start,
      minutes: 20,
      providerId: providerOf(ctx),
      visitTypeId: null,
      override: { reason: 'test' },
    })
    return {
      id: patient_id,
      allergy: ctx.write.insert(chartTables.allergyIntolerance, {
        ...own,
        code_display: `${word}allergen`,
        clinical_status: 'active',
        criticality: 'high',
      }),
      medicine: ctx.write.insert(chartTables.medicationRequest, {
        ...own,
        status: 'active',
        intent: 'order',
        medication_display: `${word}medicine`,
        dosage_text: `${word}directions`,
        authored_on: ctx.now,
      }),
      problem: ctx.write.insert(chartTables.condition, {
        ...own,
        code_display: `${word}problem`,
        clinical_status: 'active',
      }),
    }
  })
}

function mark(host: ClinicHost, patientId: string, table: string, id: string): void {
  act(host, (ctx) => {
    ctx.write.insert(sensitivityLabel, {
      patient_id: patientId,
      target_table: table,
      target_id: id,
      flag: 'psychiatry',
      set_by: ctx.read.list((db) => db.selectFrom('user_account').select('id').limit(1))[0]?.id ?? '',
      set_at: ctx.now,
    })
  })
}

/** A colleague with a slot of their own on this computer. */
async function hire(host: ClinicHost, username: string, roles: readonly Role[]): Promise<void> {
  const { services } = clinicOf(host)
  const hashed = await services.passwords.hash(testPassword)
  const id = act(host, (ctx) => {
    const made = createAccount(ctx, services, { username, name: username, roles, locale: 'en' })
    setFirstCredential(ctx, made, hashed)
    return made
  })
  await services.slots.put(id, username, testPassword)
}

const damage = {
  corrupted: () => {
    for (const name of ['clinic.db-wal', 'clinic.db-shm'])
      rmSync(path.join(folder.dir, name), { force: true })
    writeFileSync(path.join(folder.dir, 'clinic.db'), Buffer.alloc(64 * 1024, 0x5a))
  },
  missing: () => {
    for (const name of ['clinic.db', 'clinic.db-wal', 'clinic.db-shm'])
      rmSync(path.join(folder.dir, name), { force: true })
  },
}

/** The program is started again, and the right password does not open the clinic. */
async function broken(how: keyof typeof damage = 'corrupted'): Promise<ClinicHost> {
  damage[how]()
  const host = await folder.open(desktop)
  expect(codeOf(await unlock(host))).not.toBe('ok')
  return host
}

test('REL-07: the copy follows what is saved within a quarter of an hour, and is written at closing', async () => {
  const host = await founded()
  comes(host, 'Ana Sol')
  folder.tick(quarter)
  await clinicOf(host).runDueJobs()
  const first = readFileSync(packet())
  expect(statSync(packet()).mode & 0o777).toBe(0o600)

  folder.tick(quarter)
  await clinicOf(host).runDueJobs()
  expect(readFileSync(packet()).equals(first), 'nothing was saved').toBe(true)

  comes(host, 'Bea Lind', today, 10 * 60)
  folder.tick(quarter)
  await clinicOf(host).runDueJobs()
  const second = readFileSync(packet())
  expect(second.equals(first)).toBe(false)

  comes(host, 'Cleo Moor', '2026-03-03')
  comes(host, 'Dora Far', '2026-03-04')
  await host.close()
  expect(readFileSync(packet()).equals(second)).toBe(false)
  expect(readdirSync(folder.dir)).not.toContain('downtime.packet.new')

  const shut = await broken()
  expect(shut.status()).toMatchObject({ state: 'broken', downtime: true })
  const list = await listOf(shut)
  expect(list).toMatchObject({ clinicName: 'Praxis am See', timeZone: 'Europe/Berlin', sight: 'record' })
  expect(list.writtenAt).toBe('2026-03-02T08:45:00.000Z')
  expect(list.patients.map((p) => p.name).sort()).toEqual(['Ana Sol', 'Bea Lind', 'Cleo Moor'])
  expect(list.days.map((d) => [d.date, d.visits.length, d.leftOut])).toEqual([
    ['2026-03-02', 2, 0],
    ['2026-03-03', 1, 0],
  ])
  expect(list.days[0]?.visits[0]).toMatchObject({ start: 540, minutes: 20, provider: 'Dr Zuzana Brook' })
  expect(list.patients.find((p) => p.name === 'Ana Sol')).toMatchObject({
    birthDate: '1980-05-06',
    recordNumber: expect.any(String),
    phone: expect.stringContaining('0170'),
    record: {
      allergyState: 'recorded',
      allergies: [{ substance: 'AnaSolallergen', isHigh: true, reactions: [] }],
      medicines: [{ label: 'AnaSolmedicine', directions: 'AnaSoldirections' }],
      problems: ['AnaSolproblem'],
      isPartial: false,
    },
  })
})

test('REL-07: whoever is erased is out of it at once, and the next copy is without them', async () => {
  const host = await founded()
  comes(host, 'Ana Sol')
  const erased = comes(host, 'Bea Lind', today, 10 * 60)
  folder.tick(quarter)
  await clinicOf(host).runDueJobs()
  expect(existsSync(packet())).toBe(true)
  act(host, (ctx) =>
    clinicOf(host).services.purge(ctx, { order: ctx.mint(), patientId: erased.id, whole: true }),
  )
  expect(existsSync(packet())).toBe(false)
  await host.close()
  const list = await listOf(await broken())
  expect(list.patients.map((p) => p.name)).toEqual(['Ana Sol'])
})

test('REL-07: over a weekend the copy holds the next day that somebody comes', async () => {
  const host = await founded()
  comes(host, 'Ana Sol', '2026-03-05')
  await host.close()
  const list = await listOf(await broken())
  expect(list.days.map((d) => d.date)).toEqual(['2026-03-02', '2026-03-05'])
  expect(list.patients.map((p) => p.name)).toEqual(['Ana Sol'])
})

test.each(['corrupted', 'missing'] as const)(
  'REL-07: it opens with the database %s, which it does not touch, and never beside one that opens',
  async (how) => {
    const host = await founded()
    comes(host, 'Ana Sol')
    expect(host.status().downtime).toBe(false)
    await host.close()

    const whole = await folder.open(desktop)
    expect(whole.status()).toMatchObject({ state: 'closed', downtime: false })
    expect(codeOf(await read(whole))).toBe('CONFLICT')
    await whole.close()

    const shut = await broken(how)
    const database = path.join(folder.dir, 'clinic.db')
    const before = existsSync(database) ? readFileSync(database) : null
    expect((await listOf(shut)).patients.map((p) => p.name)).toEqual(['Ana Sol'])
    expect(existsSync(database) ? readFileSync(database) : null).toEqual(before)
    expect(shut.clinic()).toBeNull()
    expect(codeOf(await shut.dispatch({ procedure: 'session.me', input: {} }, testCaller()))).toBe(
      'UNAVAILABLE',
    )
  },
)

test('REL-07: a wrong password is refused, and the fifth has to wait as at the door', async () => {
  const host = await founded()
  comes(host, 'Ana Sol')
  await host.close()
  const shut = await broken()
  for (let n = 0; n < 5; n++)
    expect(codeOf(await read(shut, byPassword('anna', `wrong ${n}`)))).toBe('WRONG_PASSWORD')
  expect(codeOf(await read(shut))).toBe('TOO_MANY_TRIES')
  expect(codeOf(await unlock(shut)), 'one count for both').toBe('TOO_MANY_TRIES')
  expect(codeOf(await read(shut, byPassword('nobody')))).toBe('TOO_MANY_TRIES')
  folder.tick(60_000)
  expect(codeOf(await read(shut, byPassword('nobody')))).toBe('WRONG_PASSWORD')
  folder.tick(60_000)
  expect(codeOf(await read(shut))).toBe('ok')
  expect(codeOf(await read(shut, { opener: { kind: 'kit', kit: 'AAAA' } }))).toBe('WRONG_KIT')
})

test('REL-07: marked patients and items, and those of cancelled visits, are not in it; the desk gets no clinical part', async () => {
  const host = await founded()
  const open = comes(host, 'Ana Sol')
  const hidden = comes(host, 'Zelda Veil', today, 10 * 60)
  const gone = comes(host, 'Cora Off', today, 11 * 60)
  act(host, (ctx) => {
    const visit = ctx.read.list((db) =>
      db.selectFrom('appointment').select('id').where('patient_id', '=', gone.id),
    )[0]
    ctx.write.update(appointmentTable, visit?.id ?? '', 'any', { status: 'cancelled', closed_at: ctx.now })
  })
  mark(host, hidden.id, 'patient', hidden.id)
  mark(host, open.id, 'allergy_intolerance', open.allergy)
  mark(host, open.id, 'medication_request', open.medicine)
  mark(host, open.id, 'condition', open.problem)
  await hire(host, 'rita', ['reception'])
  await hire(host, 'bill', ['billing', 'admin'])
  await hire(host, 'nora', ['admin', 'nurse'])
  await host.close()
  const shut = await broken()

  const list = await listOf(shut, byPassword('nora'))
  expect(JSON.stringify(list)).not.toMatch(/Cora|Zelda|ZeldaVeil|AnaSolallergen|AnaSolmedicine|AnaSolproblem/)
  expect(list.days[0]).toMatchObject({ leftOut: 1, visits: [{ patientId: open.id }] })
  expect(list.patients[0]?.record).toMatchObject({
    allergyState: 'recorded',
    allergies: [],
    medicines: [],
    problems: [],
    isPartial: true,
  })

  const desk = await listOf(shut, byPassword('rita'))
  expect(desk).toMatchObject({ sight: 'desk', patients: [{ name: 'Ana Sol', record: null }] })
  expect(codeOf(await read(shut, byPassword('bill')))).toBe('FORBIDDEN')
})

test('REL-07: a packet that was touched, cut, or comes from another clinic is refused', async () => {
  const host = await founded()
  comes(host, 'Ana Sol')
  await host.close()
  const shut = await broken()
  const good = readFileSync(packet())
  const flipped = (at: number) => {
    const bytes = Buffer.from(good)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return bytes
  }
  const other = testHost()
  try {
    const stranger = await other.open(desktop)
    value(await stranger.bootstrap('create', testFounding, testCaller()))
    await stranger.close()
    const foreign = readFileSync(path.join(other.dir, 'downtime.packet'))
    const bad = [
      flipped(3),
      flipped(20),
      flipped(40),
      flipped(good.length - 1),
      good.subarray(0, -1),
      foreign,
    ]
    for (const bytes of [...bad, Buffer.alloc(0)]) {
      writeFileSync(packet(), bytes)
      expect(codeOf(await read(shut, byPassword(), 'window-2'))).toBe('WRONG_FILE')
    }
  } finally {
    await other[Symbol.asyncDispose]()
  }
  expect(existsSync(looks())).toBe(false)
  writeFileSync(packet(), good)
  expect(codeOf(await read(shut, byPassword(), 'window-3'))).toBe('ok')
})

test('REL-07: nothing of it stands in clear, and its length tells nobody how many come', async () => {
  const host = await founded()
  comes(host, 'Zqcanary Sol')
  folder.tick(quarter)
  await clinicOf(host).runDueJobs()
  const one = statSync(packet()).size
  comes(host, 'Zqcanary Lind', today, 10 * 60)
  await host.close()
  expect(statSync(packet()).size).toBe(one)
  const shut = await broken()
  const list = await listOf(shut)
  const id = list.patients[0]?.id ?? ''
  for (const file of [packet(), looks()]) {
    const bytes = readFileSync(file)
    for (const word of [
      'Zqcanary',
      'allergen',
      'Brook',
      'Praxis',
      '1980-05-06',
      '0170',
      id,
      'anna',
      '2026-03-02',
    ]) {
      expect(bytes.includes(word), `${word} in ${path.basename(file)}`).toBe(false)
      expect(bytes.includes(Buffer.from(word, 'utf16le'))).toBe(false)
      expect(bytes.toString('latin1').includes(Buffer.from(word).toString('base64url').slice(0, 8))).toBe(
        false,
      )
    }
    expect(statSync(file).mode & 0o777).toBe(0o600)
  }
})

test('REL-07: each look stands in the trail when the clinic opens again, with who, when and whose records', async () => {
  const host = await founded()
  const ana = comes(host, 'Ana Sol')
  comes(host, 'Bea Lind', today, 10 * 60)
  await host.close()
  const kept = readFileSync(path.join(folder.dir, 'clinic.db'))
  const shut = await broken()
  expect(codeOf(await read(shut, byPassword('anna', 'wrong')))).toBe('WRONG_PASSWORD')
  await listOf(shut)
  folder.tick(60_000)
  await listOf(shut)
  await shut.close()
  writeFileSync(looks(), `${readFileSync(looks(), 'utf8')}invented\n`)
  writeFileSync(path.join(folder.dir, 'clinic.db'), kept)

  const again = await folder.open(desktop)
  value(await unlock(again))
  const [first, second, invented, ...more] = audit(again, 'downtime.read')
  expect(more).toEqual([])
  const anna = clinicOf(again).read((r) =>
    r.list((db) => db.selectFrom('user_account').select('id').where('username', '=', 'anna')),
  )[0]?.id
  expect(first).toMatchObject({
    user_id: anna,
    role: 'doctor',
    door: 'ipc',
    category: 'clinical',
    outcome: 'ok',
  })
  expect(first?.detail).toBe(
    'at=2026-03-02T08:00:00.000Z copy=2026-03-02T08:00:00.000Z by=password wrong-tries=1',
  )
  expect(second?.detail).toContain('at=2026-03-02T08:01:00.000Z')
  expect(second?.detail).toContain('wrong-tries=0')
  expect(invented).toMatchObject({ user_id: null, patient_alias: null })
  const aliases = clinicOf(again).read((r) => ({
    ana: r.list((db) => db.selectFrom('patient').select('audit_alias').where('id', '=', ana.id))[0]
      ?.audit_alias,
    more: r.list((db) =>
      db
        .selectFrom('audit_patient')
        .select('patient_alias')
        .where('seq', '=', first?.seq ?? 0),
    ),
  }))
  expect([first?.patient_alias, ...aliases.more.map((m) => m.patient_alias)]).toHaveLength(2)
  expect([first?.patient_alias, ...aliases.more.map((m) => m.patient_alias)]).toContain(aliases.ana)
  expect(existsSync(looks())).toBe(false)
  expect(clinicOf(again).verify().ok).toBe(true)
})

test('REL-07: the recovery kit reads all of it where the keychain is gone too, and the trail names the kit', async () => {
  const { kit: _later, ...withKit } = testFounding
  const host = await folder.open(desktop)
  value(await host.bootstrap('create', withKit, testCaller()))
  const sheet = value<KitSheet>(await host.bootstrap('kitSheet', {}, testCaller()))
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  value(await host.bootstrap('confirmKit', { typed }, testCaller()))
  act(host, (ctx) => {
    ctx.write.insert(schedulable, { kind: 'provider', name: 'Dr B', active: 1, colour: 'blue', position: 1 })
  })
  comes(host, 'Ana Sol')
  await host.close()
  const kept = readFileSync(path.join(folder.dir, 'clinic.db'))
  damage.corrupted()

  const secrets = memoryDeviceSecrets('keychain')
  const shut = await folder.open({ ...desktop, secrets })
  expect(shut.status()).toMatchObject({ state: 'broken', problem: 'keychain-changed', downtime: true })
  expect(codeOf(await read(shut)), 'no password without its half').toBe('UNAVAILABLE')
  const list = await listOf(shut, { opener: { kind: 'kit', kit: sheet.groups.join('-') } })
  expect(list).toMatchObject({
    sight: 'record',
    patients: [{ name: 'Ana Sol', record: { problems: ['AnaSolproblem'] } }],
  })
  await shut.close()

  writeFileSync(path.join(folder.dir, 'clinic.db'), kept)
  const again = await folder.open(desktop)
  value(await unlock(again))
  const looked = audit(again, 'downtime.read')
  expect(looked).toMatchObject([{ user_id: null, outcome: 'ok' }])
  expect(looked[0]?.detail).toContain('by=kit')
})
