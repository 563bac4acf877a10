// Two persons for what one alone may not do: filed, refused, agreed to, done once.
import { expect, test } from 'vitest'
import { clinic as clinicTable } from '#modules/clinic/main/tables.ts'
import { roleGrant, userAccount } from '#modules/people/main/tables.ts'
import type { UserId } from '#shared/ids.ts'
import { type Client, Refusal } from '#testkit/client.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'

const hour = 3_600_000
const newAdmin = { username: 'olga', name: 'Olga', roles: ['admin' as const, 'doctor' as const] }
const waits = (state: string) => ({ code: 'SECOND_PERSON_NEEDED', details: { state } })

async function asked(clinic: TestClinic) {
  await expect(clinic.as('admin').people.create(newAdmin)).rejects.toMatchObject(waits('open'))
  const { requests } = await clinic.as('admin').access.listRequests({})
  const [request] = requests
  if (!request) throw new Error('no request was filed')
  return request
}

test('AUTHZ-08: granting admin waits for a second administrator, is done once, and then waits again', async () => {
  await using clinic = await testClinic()
  const other = clinic.another('admin')
  const request = await asked(clinic)
  expect(request).toMatchObject({ procedure: 'people.create', state: 'open', mine: true })
  expect(request.facts).toContainEqual({ name: 'roles', value: 'admin doctor' })
  // Asking again files nothing new.
  await expect(clinic.as('admin').people.create(newAdmin)).rejects.toMatchObject(waits('open'))
  expect(clinic.auditOf('approval.ask')).toHaveLength(1)
  const agreed = await other.access.approve({ id: request.id, rev: request.rev })
  expect(agreed).toMatchObject({ state: 'approved', mine: false })
  // Another input is another act.
  await expect(clinic.as('admin').people.create({ ...newAdmin, username: 'oleg' })).rejects.toMatchObject(
    waits('open'),
  )
  expect((await clinic.as('admin').people.create(newAdmin)).person.roles).toEqual(['doctor', 'admin'])
  const { requests } = await clinic.as('admin').access.listRequests({})
  expect(requests.find((r) => r.id === request.id)?.state).toBe('used')
  await expect(other.access.approve({ id: request.id, rev: agreed.rev + 1 })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})

test('AUTHZ-08: the same person twice is refused, also in a second session and under another name for the role', async () => {
  await using clinic = await testClinic()
  clinic.another('admin')
  const request = await asked(clinic)
  const one = { id: request.id, rev: request.rev }
  await expect(clinic.as('admin').access.approve(one)).rejects.toMatchObject({
    code: 'RESTRICTED',
    details: { why: 'own-request' },
  })
  const again = clinic.clinic.services.sessions.start({
    userId: clinic.userId('admin'),
    door: 'https',
    role: 'admin',
    signingKey: null,
  })
  const reply = await clinic.call('access.approve', one, { token: again.token, door: 'https' })
  expect(reply).toMatchObject({ ok: false, error: { code: 'RESTRICTED' } })
  // Another hat has no say in it at all.
  clinic.transact((ctx) =>
    ctx.write.insert(roleGrant, { user_id: clinic.userId('admin'), role: 'privacy', granted_at: ctx.now }),
  )
  const hat = clinic.clinic.services.sessions.start({
    userId: clinic.userId('admin'),
    door: 'ipc',
    role: 'privacy',
    signingKey: null,
  })
  expect(await clinic.call('access.approve', one, { token: hat.token })).toMatchObject({
    error: { code: 'FORBIDDEN' },
  })
  expect((await clinic.as('admin').access.listRequests({})).requests[0]?.state).toBe('open')
})

test('AUTHZ-08: nobody agrees with a password that was set a day before the request or later', async () => {
  await using clinic = await testClinic()
  const other = clinic.another('admin')
  const request = await asked(clinic)
  const { requests } = await other.access.listRequests({})
  expect(requests[0]?.mine).toBe(false)
  clinic.transact((ctx) => {
    for (const row of ctx.read.list((db) =>
      db.selectFrom('user_account').select('id').where('name', '=', 'Another admin'),
    )) {
      ctx.write.update(userAccount, row.id, 'any', { credential_changed_at: ctx.now })
    }
  })
  await expect(other.access.approve({ id: request.id, rev: request.rev })).rejects.toMatchObject({
    code: 'RESTRICTED',
    details: { why: 'new-password' },
  })
})

test('AUTHZ-08: an agreement is good for a day; a declined or withdrawn request for nothing', async () => {
  await using clinic = await testClinic()
  clinic.another('admin')
  const first = await asked(clinic)
  await clinic.another('admin').access.approve({ id: first.id, rev: first.rev })
  clinic.tick(24 * hour)
  const second = await asked(clinic)
  expect(second.id).not.toBe(first.id)
  await clinic
    .another('admin')
    .access.decline({ id: second.id, rev: second.rev, reason: 'Olga does not work here' })
  const third = await asked(clinic)
  await clinic.as('admin').access.withdraw({ id: third.id, rev: third.rev })
  await expect(clinic.as('admin').people.create(newAdmin)).rejects.toMatchObject(waits('open'))
  expect((await clinic.as('admin').access.listRequests({})).requests.map((r) => r.state)).toEqual([
    'open',
    'withdrawn',
    'declined',
    'expired',
  ])
})

test('AUTHZ-08: the only administrator types the kit, everybody is told, and a day later the act is done', async () => {
  await using clinic = await testClinic()
  const testKit = await kitOf(clinic)
  const request = await asked(clinic)
  const one = { id: request.id, rev: request.rev }
  expect(request.alone).toBe(true)
  await expect(clinic.as('admin').access.approveWithKit({ ...one, kit: 'a guess' })).rejects.toMatchObject({
    code: 'WRONG_KIT',
  })
  const agreed = await clinic.as('admin').access.approveWithKit({ ...one, kit: testKit })
  expect(agreed).toMatchObject({ state: 'waiting', byKit: true })
  const told = clinic.read((r) =>
    r.list((db) => db.selectFrom('notice').select('to_role').where('kind', '=', 'approval-by-kit')),
  )
  expect(new Set(told.map((n) => n.to_role))).toEqual(
    new Set(['admin', 'billing', 'doctor', 'lab', 'nurse', 'privacy', 'reception']),
  )
  await expect(clinic.as('admin').people.create(newAdmin)).rejects.toMatchObject(waits('approved'))
  clinic.tick(24 * hour - 1000)
  await expect(clinic.as('admin').people.create(newAdmin)).rejects.toMatchObject(waits('approved'))
  clinic.tick(1000)
  expect((await clinic.as('admin').people.create(newAdmin)).person.roles).toContain('admin')
  // Where somebody else is there to ask, the kit is no way round them.
  clinic.another('admin')
  await expect(clinic.as('admin').people.create({ ...newAdmin, username: 'oleg' })).rejects.toMatchObject(
    waits('open'),
  )
  const next = (await clinic.as('admin').access.listRequests({})).requests[0]
  await expect(
    clinic.as('admin').access.approveWithKit({ id: next?.id as never, rev: next?.rev ?? 0, kit: testKit }),
  ).rejects.toMatchObject({ code: 'RESTRICTED', details: { why: 'not-alone' } })
})

test('AUTHZ-08: a change of name of somebody who is administrator already needs no second person; the demo never', async () => {
  await using clinic = await testClinic()
  const people = await clinic.as('admin').people.list({})
  const self = people.find((p) => p.username === 'admin')
  if (!self) throw new Error('no admin')
  const renamed = await clinic
    .as('admin')
    .people.update({ id: self.id, rev: self.rev, name: 'Head', roles: ['admin'] })
  expect(renamed.name).toBe('Head')
  const nurse = people.find((p) => p.username === 'nurse')
  if (!nurse) throw new Error('no nurse')
  const grant = {
    id: nurse.id,
    rev: nurse.rev,
    name: nurse.name,
    roles: ['nurse' as const, 'admin' as const],
  }
  await expect(clinic.as('admin').people.update(grant)).rejects.toMatchObject(waits('open'))
  clinic.transact((ctx) => {
    for (const row of ctx.read.list((db) => db.selectFrom('clinic').select('id')))
      ctx.write.update(clinicTable, row.id, 'any', { is_demo: 1 })
  })
  expect((await clinic.as('admin').people.update(grant)).roles).toEqual(['nurse', 'admin'])
})

/** Makes the clinic's recovery kit and reads it off the paper. */
async function kitOf({ clinic }: TestClinic): Promise<string> {
  const { kit } = clinic.services.keyWork
  const { groups, ask } = kit.begin()
  const change = await kit.confirm(ask.map((at) => groups[at] ?? ''))
  change?.keep()
  return groups.join(' ')
}

test('AUTHZ-08: what was agreed to is done by one press of whoever asked, as it was asked, and is kept no longer', async () => {
  await using clinic = await testClinic()
  const other = clinic.another('admin')
  const request = await asked(clinic)
  expect(request.input).toBeNull()
  await other.access.approve({ id: request.id, rev: request.rev })
  const newest = async (who: Client) => (await who.access.listRequests({})).requests[0]
  // Nobody but the asker is given it.
  expect((await newest(other))?.input).toBeNull()
  const kept = JSON.parse((await newest(clinic.as('admin')))?.input ?? 'null') as typeof newAdmin
  expect(kept).toEqual(newAdmin)
  // Sent by somebody else, or with anything else in it, it is a request of its own.
  await expect(clinic.another('admin').people.create(kept)).rejects.toMatchObject(waits('open'))
  await expect(
    clinic.as('admin').people.create({ ...kept, roles: ['admin', 'nurse'] }),
  ).rejects.toMatchObject(waits('open'))
  expect((await clinic.as('admin').people.create(kept)).person.roles).toEqual(['doctor', 'admin'])
  const rows = () =>
    clinic.read((r) =>
      r.list((db) => db.selectFrom('approval_request').select(['state', 'input']).orderBy('id')),
    )
  expect(rows().find((row) => row.state === 'used')).toEqual({ state: 'used', input: null })
  // Refused or withdrawn it goes too; of what is too old nobody is given it.
  const left = (await clinic.as('admin').access.listRequests({})).requests.filter((r) => r.state === 'open')
  expect(left).toHaveLength(2)
  for (const { id, rev, mine } of left) {
    if (mine) await clinic.as('admin').access.withdraw({ id, rev })
    else await clinic.as('admin').access.decline({ id, rev, reason: 'Not needed' })
  }
  expect(rows().every((row) => row.input === null)).toBe(true)
  await expect(clinic.as('admin').people.create({ ...newAdmin, username: 'oleg' })).rejects.toMatchObject(
    waits('open'),
  )
  const late = await newest(clinic.as('admin'))
  if (!late) throw new Error('no request was filed')
  await other.access.approve({ id: late.id, rev: late.rev })
  expect((await newest(clinic.as('admin')))?.input).not.toBeNull()
  clinic.tick(24 * hour)
  expect(await newest(clinic.as('admin'))).toMatchObject({ state: 'expired', input: null })
})

/** Every way by which one administrator gets into the account of another. */
const waysIn = {
  reactivate: (by: Client, { id, rev }: Account) => by.people.reactivate({ id, rev }),
  resetPassword: (by: Client, { id, rev }: Account) => by.people.resetPassword({ id, rev }),
  resetNow: (by: Client, { id, rev }: Account) => by.people.resetPassword({ id, rev, handedOver: 'now' }),
  resetFactor: (by: Client, { id }: Account) => by.session.resetFactor({ userId: id }),
  link: (by: Client, { id }: Account) => by.federation.link({ userId: id, subject: 'subject-1' }),
} as const
type Account = { readonly id: UserId; readonly rev: number }

test.each(Object.entries(waysIn))(
  'AUTHZ-08: a way into the account of another administrator waits for a second person: %s',
  async (name, act) => {
    await using clinic = await testClinic()
    const target = await anotherAdmin(clinic, name === 'reactivate')
    clinic.another('admin')
    const admin = clinic.as('admin')
    await expect(act(admin, target)).rejects.toMatchObject(waits('open'))
    const [request] = (await admin.access.listRequests({})).requests
    expect(request).toMatchObject({ mine: true, alone: false })
    expect(request?.facts).toContainEqual({ name: 'user', value: 'Other Head' })
    if (!request) return
    await clinic.another('admin').access.approve({ id: request.id, rev: request.rev })
    // Agreed to, it goes as far as the act itself goes: not everybody has a factor, nor every clinic an organisation.
    const outcome = await act(admin, target).catch((error: Refusal) => error)
    if (outcome instanceof Refusal) expect(outcome.code).toBe('WRONG_STATE')
    if (name === 'resetPassword') expect(outcome).toMatchObject({ person: { credential: 'waiting' } })
  },
)

test('AUTHZ-08: for anybody else, and for the own account, no second person is needed', async () => {
  await using clinic = await testClinic()
  clinic.another('admin')
  const admin = clinic.as('admin')
  const people = await admin.people.list({})
  const nurse = people.find((p) => p.username === 'nurse')
  const self = people.find((p) => p.username === 'admin')
  if (!nurse || !self) throw new Error('the test clinic has both')
  expect((await admin.people.resetPassword(pick(nurse))).code).toMatch(/-/)
  expect((await admin.people.resetPassword(pick(self))).code).toMatch(/-/)
  for (const id of [nurse.id, self.id]) {
    await expect(admin.session.resetFactor({ userId: id })).rejects.toMatchObject({ code: 'WRONG_STATE' })
    await expect(admin.federation.link({ userId: id, subject: 's' })).rejects.toMatchObject({
      code: 'WRONG_STATE',
    })
  }
  const [again] = (await admin.people.list({})).filter((p) => p.id === nurse.id)
  if (!again) throw new Error('the nurse is gone')
  const ended = await admin.people.deactivate({ ...pick(again), reason: 'moved away' })
  expect((await admin.people.reactivate(pick(ended))).person.active).toBe(true)
  expect((await admin.access.listRequests({})).requests).toEqual([])
})

test('AUTHZ-08: where only the person it is about could agree, the kit stands in, and the person still may', async () => {
  await using clinic = await testClinic()
  const target = await anotherAdmin(clinic, false)
  const kit = await kitOf(clinic)
  const admin = clinic.as('admin')
  await expect(admin.people.resetPassword(pick(target))).rejects.toMatchObject(waits('open'))
  const [request] = (await admin.access.listRequests({})).requests
  if (!request) throw new Error('no request was filed')
  expect(request.alone).toBe(true)
  await admin.access.approveWithKit({ id: request.id, rev: request.rev, kit })
  await expect(admin.people.resetPassword(pick(target))).rejects.toMatchObject(waits('approved'))
  clinic.tick(24 * hour)
  expect((await admin.people.resetPassword(pick(target))).code).toMatch(/-/)

  // Somebody with a word of their own in it, who can say so.
  await expect(admin.session.resetFactor({ userId: target.id })).rejects.toMatchObject(waits('open'))
  const [next] = (await admin.access.listRequests({})).requests
  const token = clinic.clinic.services.sessions.start({
    userId: target.id,
    door: 'ipc',
    role: 'admin',
    signingKey: null,
  }).token
  const agreed = await clinic.call('access.approve', { id: next?.id, rev: next?.rev }, { token })
  expect(agreed).toMatchObject({ ok: true, value: { state: 'approved' } })
})

const pick = ({ id, rev }: Account): Account => ({ id, rev })

/** Somebody who held the role before anybody asked, with access or without. */
async function anotherAdmin(clinic: TestClinic, isEnded: boolean): Promise<Account> {
  const id = clinic.transact((ctx) => {
    const made = ctx.write.insert(userAccount, {
      username: 'head',
      name: 'Other Head',
      active: isEnded ? 0 : 1,
    })
    ctx.write.insert(roleGrant, { user_id: made, role: 'admin', granted_at: ctx.now })
    return made
  })
  const found = (await clinic.as('admin').people.list({})).find((p) => p.id === id)
  if (!found) throw new Error('not there')
  return pick(found)
}
