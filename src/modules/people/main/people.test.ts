// Rules of the clinic about accounts, through dispatch, as an admin.
import { describe, expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { withSecondPerson } from '#testkit/second-person.ts'
import { userAccount } from './tables.ts'

const refused = (code: string) => expect.objectContaining({ code })

describe('accounts', () => {
  test('a new person gets a code, the roles and a place in the directory; the grants stand in the control log', async () => {
    await using clinic = await testClinic()
    const before = clinic.read((r) => r.list((db) => db.selectFrom('control_log').select('n'))).length
    const { person } = await withSecondPerson(clinic, (admin) =>
      admin.people.create({ username: 'Olga', name: 'Olga Ivanova', roles: ['admin', 'doctor'] }),
    )
    expect(person).toMatchObject({
      username: 'olga',
      name: 'Olga Ivanova',
      roles: ['doctor', 'admin'],
      active: true,
      credential: 'waiting',
      lastSignInAt: null,
    })
    expect((await clinic.as('nurse').people.directory({})).find((p) => p.id === person.id)).toEqual({
      id: person.id,
      name: 'Olga Ivanova',
      roles: ['doctor', 'admin'],
    })
    const log = clinic.read((r) => r.list((db) => db.selectFrom('control_log').select('n')))
    expect(log).toHaveLength(before + 2)
    expect(clinic.auditOf('people.create')).toMatchObject([
      { outcome: 'refused', code: 'SECOND_PERSON_NEEDED' },
      { outcome: 'ok', detail: 'admin doctor' },
    ])
  })

  test('names are unique, whatever their case and whether or not the person still works here', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const olga = await admin.people.create({ username: 'olga', name: 'Olga', roles: ['nurse'] })
    const again = () => admin.people.create({ username: 'OLGA', name: 'Other Olga', roles: ['nurse'] })
    await expect(again()).rejects.toEqual(refused('NAME_TAKEN'))
    await admin.people.deactivate({ id: olga.person.id, rev: olga.person.rev, reason: 'moved away' })
    await expect(again()).rejects.toEqual(refused('NAME_TAKEN'))
  })

  test.each(['admin', 'guest', 'test', 'shared', 'root'])(
    'a login for everybody (%s) is refused',
    async (username) => {
      await using clinic = await testClinic()
      const asked = { username, name: 'X', roles: ['nurse' as const] }
      await expect(clinic.as('nurse').people.create(asked)).rejects.toEqual(refused('FORBIDDEN'))
      await expect(clinic.as('admin').people.create(asked)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { fields: ['username: shared name'] },
      })
    },
  )

  test('patients and outsiders are not in the directory of colleagues', async () => {
    await using clinic = await testClinic()
    const names = (await clinic.as('doctor').people.directory({})).map((p) => p.name)
    expect(names).toContain('Test nurse')
    expect(names).not.toContain('Test patient')
    expect(names).not.toContain('Test researcher')
  })

  test('who edits an older version is told so', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const { person } = await admin.people.create({ username: 'olga', name: 'Olga', roles: ['nurse'] })
    await admin.people.update({ id: person.id, rev: person.rev, name: 'Olga I.', roles: ['nurse'] })
    await expect(
      admin.people.update({ id: person.id, rev: person.rev, name: 'Olga J.', roles: ['nurse'] }),
    ).rejects.toEqual(refused('CONFLICT'))
  })
})

describe('roles', () => {
  test('a role taken away ends the session under it at once; other people go on', async () => {
    await using clinic = await testClinic()
    const id = clinic.userId('nurse')
    const nurse = clinic.as('nurse')
    const token = clinic.tokenOf('nurse')
    await nurse.patients.search({ text: 'a' })
    const { rev } = (await clinic.as('admin').people.list({})).find((p) => p.id === id) ?? { rev: 0 }
    const after = await clinic
      .as('admin')
      .people.update({ id: id as never, rev, name: 'Test nurse', roles: ['lab'] })
    expect(after.roles).toEqual(['lab'])
    expect(await clinic.call('session.me', {}, { token })).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } })
    await clinic.as('doctor').patients.search({ text: 'a' })
  })

  test('a role given back is a new grant; the withdrawn one stays as it was', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const { person } = await admin.people.create({ username: 'olga', name: 'Olga', roles: ['nurse', 'lab'] })
    const without = await admin.people.update({
      id: person.id,
      rev: person.rev,
      name: 'Olga',
      roles: ['nurse'],
    })
    await admin.people.update({ id: person.id, rev: without.rev, name: 'Olga', roles: ['nurse', 'lab'] })
    const grants = clinic.read((r) =>
      r.list((db) =>
        db.selectFrom('role_grant').select(['role', 'voided_at']).where('user_id', '=', person.id),
      ),
    )
    expect(grants.map((g) => `${g.role} ${g.voided_at === null ? 'held' : 'withdrawn'}`).sort()).toEqual([
      'lab held',
      'lab withdrawn',
      'nurse held',
    ])
  })

  test('the last admin who can sign in cannot go', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const own = (await admin.people.list({})).find((p) => p.username === 'admin')
    if (!own) throw new Error('the test clinic has an admin')
    const spare = await withSecondPerson(clinic, (by) =>
      by.people.create({ username: 'spare', name: 'Spare', roles: ['admin'] }),
    )
    // The other one has never set a password: nobody knows whether they ever will.
    await expect(admin.people.deactivate({ id: own.id, rev: own.rev, reason: 'retires' })).rejects.toEqual(
      refused('LAST_ADMIN'),
    )
    await expect(
      admin.people.update({ id: own.id, rev: own.rev, name: own.name, roles: ['doctor'] }),
    ).rejects.toEqual(refused('LAST_ADMIN'))
    clinic.transact((ctx) => ctx.write.update(userAccount, spare.person.id, 'any', { verifier: 'set' }))
    await admin.people.deactivate({ id: own.id, rev: own.rev, reason: 'retires' })
    expect(clinic.auditOf('people.deactivate').map((a) => a.code)).toEqual(['LAST_ADMIN', null])
  })
})

describe('leaving', () => {
  test('a deactivated person is out everywhere at once, and back with a new code', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const id = clinic.userId('doctor')
    await clinic.clinic.services.slots.put(id, 'doctor', 'x')
    const token = clinic.tokenOf('doctor')
    const { rev } = (await admin.people.list({})).find((p) => p.id === id) ?? { rev: 0 }
    const gone = await admin.people.deactivate({ id: id as never, rev, reason: 'moved away' })
    expect(gone).toMatchObject({ active: false, roles: ['doctor'] })
    expect(await clinic.call('patients.search', { text: 'a' }, { token })).toMatchObject({
      error: { code: 'NOT_SIGNED_IN' },
    })
    expect(clinic.clinic.services.slots.has(id)).toBe(false)
    expect((await admin.people.directory({})).some((p) => p.id === id)).toBe(false)
    const back = await admin.people.reactivate({ id: id as never, rev: gone.rev })
    expect(back.person).toMatchObject({ active: true, credential: 'waiting' })
    await expect(admin.people.reactivate({ id: id as never, rev: back.person.rev })).rejects.toEqual(
      refused('CONFLICT'),
    )
  })

  test('a reset ends the sessions of the person, but an admin’s own goes on', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const list = await admin.people.list({})
    const nurse = list.find((p) => p.username === 'nurse')
    const own = list.find((p) => p.username === 'admin')
    if (!nurse || !own) throw new Error('the test clinic has both')
    const token = clinic.tokenOf('nurse')
    await admin.people.resetPassword({ id: nurse.id, rev: nurse.rev })
    expect(await clinic.call('session.me', {}, { token })).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } })
    await admin.people.resetPassword({ id: own.id, rev: own.rev })
    expect((await admin.people.list({})).length).toBe(list.length)
  })
})
