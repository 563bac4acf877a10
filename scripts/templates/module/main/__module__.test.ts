// The rules of the __module__ module, through dispatch and as real roles.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'

test('what the admin adds, the staff sees', async () => {
  await using clinic = await testClinic()
  const added = await clinic.call('__camel__.add', { name: ' First ' }, { token: clinic.tokenOf('admin') })
  expect(added).toMatchObject({ ok: true, value: { name: 'First', rev: 1 } })

  const seen = await clinic.call('__camel__.list', {}, { token: clinic.tokenOf('nurse') })
  expect(seen).toMatchObject({ ok: true, value: { items: [{ name: 'First' }] } })
  expect(clinic.auditOf('__module__.add')).toMatchObject([{ outcome: 'ok' }])
})

test('a nurse cannot add, and the refusal is on record', async () => {
  await using clinic = await testClinic()
  const refused = await clinic.call('__camel__.add', { name: 'First' }, { token: clinic.tokenOf('nurse') })
  expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(clinic.auditOf('__module__.add')).toMatchObject([{ outcome: 'refused' }])
})
