// AUTHZ-01, AUTHZ-02, AUTHZ-03: every procedure x every role and caller state x every kind of record, generated from the
// contracts. It grows by itself: a new procedure is in here as soon as its module is in the registry.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sensitivityLabel } from '#modules/access/main/tables.ts'
import { modules } from '#modules/main.ts'
import { composition } from '#modules/notes/main/tables.ts'
import { careTeamMember, patient } from '#modules/patients/main/tables.ts'
import { userAccount } from '#modules/people/main/tables.ts'
import type { ProcedureDef } from '#shared/contract.ts'
import type { Reply } from '#shared/errors.ts'
import { type Role, roles, scopeOf, splitAccess } from '#shared/permissions.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { sampleInput } from '#testkit/sample-input.ts'

type Target = 'own' | 'related' | 'other' | 'missing' | 'sensitive'
const targets: readonly Target[] = ['own', 'related', 'other', 'missing', 'sensitive']
const staff: readonly Role[] = roles
/** The marks themselves and the way in for emergencies: they tell that something is hidden, never what. */
const opensMarked = new Set([
  'access.marks',
  'access.setMark',
  'access.setReaders',
  'access.removeMark',
  'access.restoreMark',
  'access.breakGlass',
  'access.endBreakGlass',
  'access.emergency',
  'access.safetySet',
])
const missingId = '01934b6a-0000-7000-8000-00000000dead'

let clinic: TestClinic
let procedures: { name: string; def: ProcedureDef }[]
const ids = {} as Record<Target, string>

/** One word per patient and field that may only show up where the field may. */
const canary = (target: Target, field: string) => `Zq${target}${field}Canary`

beforeAll(async () => {
  clinic = await testClinic({ oneCareTeam: false })
  procedures = modules.flatMap((m) =>
    m.implementations(clinic.clinic.services).flatMap(({ contract }) =>
      Object.entries(contract.procedures as Record<string, ProcedureDef>).map(([p, def]) => ({
        name: `${contract.module}.${p}`,
        def,
      })),
    ),
  )
  for (const target of ['own', 'related', 'other', 'sensitive'] as const) ids[target] = seedPatient(target)
  clinic.transact((ctx) =>
    ctx.write.insert(sensitivityLabel, {
      patient_id: ids.sensitive,
      target_table: 'patient',
      target_id: ids.sensitive,
      flag: 'vip',
      set_by: missingId,
      set_at: ctx.now,
    }),
  )
  ids.missing = missingId
})
afterAll(() => clinic[Symbol.asyncDispose]())

function seedPatient(target: Target): string {
  return clinic.transact((ctx) => {
    const n = Number(ctx.read.list((db) => db.selectFrom('patient').select('n')).length) + 1
    const id = ctx.write.insert(patient, {
      name_text: canary(target, 'Name'),
      family: canary(target, 'Family'),
      birth_date: '1971-03-04',
      birth_date_estimated: 0,
      gender: 'female',
      deceased: 0,
      active: 1,
      record_number: canary(target, 'Number'),
      marital_status: canary(target, 'Marital'),
      language: canary(target, 'Language'),
      audit_alias: `alias-${target}`,
      n,
      name_sort: canary(target, 'Name').toLowerCase(),
    })
    for (const role of staff) {
      const user = clinic.userId(role)
      if (target === 'related' || target === 'sensitive') {
        ctx.write.insert(careTeamMember, {
          patient_id: id,
          user_id: user,
          role,
          since: ctx.now,
          origin: 'test',
        })
      }
      if (target === 'own') {
        ctx.write.insert(composition, {
          patient_id: id,
          status: 'final',
          kind: 'note',
          title: 'Own',
          body: '{"type":"doc","content":[]}',
          author_id: user,
          author_name: role,
          author_role: role,
          signed_at: ctx.now,
          clock_quality: 'unknown',
          digest: new Uint8Array(32),
          signature: new Uint8Array(64),
          signing_key_id: user,
        })
      }
    }
    return id
  })
}

function inputFor(def: ProcedureDef, name: string, target: Target, role: Role): unknown {
  if (name === 'session.switchRole') return { role }
  if (name === 'session.changePassword')
    return { oldPassword: 'wrong', newPassword: 'another wrong one here' }
  // The draft that restoreDraft's sample left behind is empty, and an empty note is refused as such.
  if (name === 'notes.sign') return { patientId: ids[target], draftId: missingId, step: 0 }
  // An organisation's sign-in that would ask for nothing is refused as such.
  const assurance = { amrValues: ['mfa'], algorithms: ['ES256'] }
  // An order of an authority that has ended before it was written down is refused as such.
  const until = name === 'audit.suspend' ? { until: '2027-03-02T08:00:00.000Z' } : {}
  return sampleInput(def.input, { fields: { patientId: ids[target], ...assurance, ...until } })
}

/** What the policy alone says; `allowed` leaves the outcome to the module. */
function expected(
  name: string,
  def: ProcedureDef,
  role: Role,
  target: Target,
): 'FORBIDDEN' | 'NOT_FOUND' | 'allowed' {
  if (def.access === 'public') return 'allowed'
  const scope = scopeOf(role, ...splitAccess(def.access))
  if (scope === undefined || scope === 'd') return 'FORBIDDEN'
  if ((scope === 'f' || scope === 'fr') && !def.fields?.[role]?.length) return 'FORBIDDEN'
  if (!def.patient) return 'allowed'
  // AUTHZ-04: no account owns a record before the portal is there, so every record is somebody else's.
  if (scope === 'o') return 'NOT_FOUND'
  if (target === 'sensitive' && role !== 'privacy' && !opensMarked.has(name)) return 'NOT_FOUND'
  const mustBeRelated = scope === 'r' || scope === 'fr'
  if (mustBeRelated && (target === 'other' || target === 'missing')) return 'NOT_FOUND'
  return 'allowed'
}

function codeOf(reply: Reply): string {
  return reply.ok ? 'ok' : reply.error.code
}

/** The reply as it leaves the door, without the one id that must differ. */
function body(reply: Reply): string {
  return JSON.stringify(reply.ok ? reply : { ...reply, error: { ...reply.error, opId: '' } })
}

async function callAs(role: Role, name: string, input: unknown): Promise<Reply> {
  const token = clinic.tokenOf(role)
  const session = clinic.clinic.services.sessions.find(token)
  if (session) session.locked = false
  return clinic.call(name, input, { token })
}

/** All cases of the matrix, counted over the tests of this file. */
let cases = 0

test('AUTHZ-01 AUTHZ-02 AUTHZ-03 AUTHZ-04: every role gets exactly what the matrix says, for own, related, other, missing and marked patients', async () => {
  const wrong: string[] = []
  for (const { name, def } of procedures) {
    for (const role of staff) {
      const bodies = new Map<Target, string>()
      for (const target of def.patient ? targets : (['related'] as const)) {
        cases += 1
        const reply = await callAs(role, name, inputFor(def, name, target, role))
        const code = codeOf(reply)
        const should = expected(name, def, role, target)
        bodies.set(target, body(reply))
        const fits =
          should === 'allowed'
            ? !['FORBIDDEN', 'NOT_SIGNED_IN', 'INTERNAL', 'INVALID_INPUT'].includes(code)
            : code === should
        if (!fits) wrong.push(`${name} as ${role} on ${target}: ${code}, not ${should}`)
        if (!reply.ok && /Zq\w+Canary/.test(body(reply)))
          wrong.push(`${name} as ${role} on ${target}: refusal carries data`)
        if (def.patient && target !== 'other' && body(reply).includes('ZqotherName')) {
          wrong.push(`${name} as ${role}: answer about ${target} shows another patient`)
        }
        if (role !== 'privacy' && body(reply).includes('Zqsensitive'))
          wrong.push(`${name} as ${role} on ${target}: shows a marked patient`)
      }
      for (const target of ['other', 'sensitive'] as const) {
        const apart = bodies.get(target) !== bodies.get('missing')
        // Roles of the whole clinic get empty lists for ids that are nobody's: there is no "other" for them to tell from it.
        const isOutOfReach = expected(name, def, role, 'missing') === 'NOT_FOUND'
        if (def.patient && isOutOfReach && expected(name, def, role, target) === 'NOT_FOUND' && apart) {
          wrong.push(`${name} as ${role}: "${target}" and "missing" can be told apart`)
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(cases).toBeGreaterThan(3_000)
}, 480_000)

test('AUTHZ-03: nobody, an expired and a disabled person get nothing but the public calls', async () => {
  const expired = clinic.tokenOf('nurse')
  clinic.tick(13 * 3600 * 1000)
  const disabled = clinic.tokenOf('doctor')
  clinic.transact((ctx) => ctx.write.update(userAccount, clinic.userId('doctor'), 'any', { active: 0 }))
  const wrong: string[] = []
  for (const { name, def } of procedures) {
    if (def.access === 'public') continue
    for (const target of def.patient ? targets : (['related'] as const)) {
      const input = inputFor(def, name, target, 'doctor')
      for (const [state, token] of Object.entries({
        anonymous: null,
        forged: 'A'.repeat(43),
        expired,
        disabled,
      })) {
        cases += 1
        const reply = await clinic.call(name, input, { token })
        if (codeOf(reply) !== 'NOT_SIGNED_IN') wrong.push(`${name} ${state}: ${codeOf(reply)}`)
        if (/Zq\w+Canary/.test(body(reply))) wrong.push(`${name} ${state}: carries data`)
      }
    }
  }
  clinic.transact((ctx) => ctx.write.update(userAccount, clinic.userId('doctor'), 'any', { active: 1 }))
  expect(wrong).toEqual([])
})

test('SESS-03: a locked session answers nothing but the lock screen', async () => {
  const wrong: string[] = []
  for (const { name, def } of procedures) {
    if (def.access === 'public' || def.whileLocked) continue
    for (const target of def.patient ? targets : (['related'] as const)) {
      cases += 1
      const token = clinic.tokenOf('doctor')
      clinic.session('doctor').locked = true
      const reply = await clinic.call(name, inputFor(def, name, target, 'doctor'), { token })
      if (codeOf(reply) !== 'SESSION_LOCKED') wrong.push(`${name} on ${target}: ${codeOf(reply)}`)
    }
  }
  clinic.session('doctor').locked = false
  expect(wrong).toEqual([])
})

test('AUTHZ-03: the matrix has at least 5,000 cases: ten roles and five states without rights by five kinds of record', () => {
  expect(cases).toBeGreaterThanOrEqual(5_000)
})

test('AUTHZ-05: an admin finds patients by name and sees nothing else of them', async () => {
  await clinic.as('reception').patients.register({
    name: 'Quirina Zauberhaft',
    gender: 'female',
    birthDate: '1980-05-06',
    telecoms: [{ system: 'phone', use: 'mobile', value: '+49 170 5550199', rank: 1 }],
  })
  const found = await clinic.as('admin').patients.search({ text: 'zauber quir' })
  expect(found.patients).toHaveLength(1)
  const [line] = found.patients
  expect(line?.name).toBe('Quirina Zauberhaft')
  const { id: _id, name: _name, ...rest } = line ?? { id: '', name: '' }
  expect(Object.values(rest).every((v) => v === null)).toBe(true)
})

test('mass assignment: an extra field is refused, whoever sends it', async () => {
  const wrong: string[] = []
  for (const { name, def } of procedures) {
    const input = { ...(inputFor(def, name, 'related', 'doctor') as object), role: 'admin', isAdmin: true }
    const reply = await callAs('doctor', name, input)
    const code = codeOf(reply)
    if (code !== 'INVALID_INPUT') wrong.push(`${name}: ${code}`)
  }
  expect(wrong).toEqual([])
})

test('every refusal is in the audit log under the name of the act', async () => {
  const before = clinic.auditOf('people.create').length
  await expect(
    clinic.as('reception').people.create({ username: 'new.one', name: 'New One', roles: ['nurse'] }),
  ).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const entries = clinic.auditOf('people.create')
  expect(entries).toHaveLength(before + 1)
  expect(entries.at(-1)).toMatchObject({ outcome: 'refused', code: 'FORBIDDEN', role: 'reception' })
  expect(roles).toContain(entries.at(-1)?.role)
})
