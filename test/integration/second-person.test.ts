// Two persons for what one alone may not do: filed, refused, agreed to, done once.
import { expect, test } from 'vitest'
import { clinic as clinicTable } from '#modules/clinic/main/tables.ts'
import { roleGrant, userAccount } from '#modules/people/main/tables.ts'
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
  expect((await clinic.as('admin').access.listRequests({})).alone).toBe(true)
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
