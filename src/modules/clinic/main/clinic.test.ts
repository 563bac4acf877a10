// Rules about the clinic's own settings and its lamp.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'

test('everybody who is signed in knows the clinic; outsiders do not see its policies', async () => {
  await using clinic = await testClinic()
  expect(await clinic.as('doctor').clinic.get({})).toMatchObject({
    name: 'Test Clinic',
    oneCareTeam: true,
    rev: 1,
  })
  const seen = await clinic.as('researcher').clinic.get({})
  expect(seen).toMatchObject({ name: 'Test Clinic', timeZone: 'Europe/Berlin' })
  expect(seen).not.toHaveProperty('oneCareTeam')
})

test('an admin changes the settings, the others do not, and who saw an older version is told', async () => {
  await using clinic = await testClinic()
  const changed = {
    rev: 1,
    name: 'Praxis am Markt',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    locale: 'de-DE',
    oneCareTeam: false,
  }
  await expect(clinic.as('doctor').clinic.update(changed)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await clinic.as('admin').clinic.update(changed)).toEqual({ ...changed, rev: 2, isDemo: false })
  await expect(clinic.as('admin').clinic.update(changed)).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(
    clinic.as('admin').clinic.update({ ...changed, rev: 2, timeZone: 'Mars/Olympus' }),
  ).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  expect(clinic.auditOf('clinic.update').map((a) => a.outcome)).toEqual([
    'refused',
    'ok',
    'refused',
    'refused',
  ])
})

test('without the one care team, a doctor loses patients nobody gave them', async () => {
  await using clinic = await testClinic()
  const { id } = await clinic.as('reception').patients.register({ name: 'Ana Sol', gender: 'female' })
  expect((await clinic.as('doctor').patients.get({ patientId: id })).name).toBe('Ana Sol')
  const { rev = 0, ...settings } = await clinic.as('admin').clinic.get({})
  const { isDemo: _, ...rest } = settings
  await clinic.as('admin').clinic.update({ ...rest, rev, oneCareTeam: false })
  await expect(clinic.as('doctor').patients.get({ patientId: id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('the lamp shows the worst of the checks and counts the patients', async () => {
  await using clinic = await testClinic()
  await clinic.as('reception').patients.register({ name: 'Ana Sol', gender: 'female' })
  const health = await clinic.as('admin').clinic.health({})
  expect(health.patients).toBe(1)
  const states = health.checks.map((check) => check.state)
  expect(health.state).toBe(
    states.includes('danger') ? 'danger' : states.includes('warning') ? 'warning' : 'ok',
  )
  await expect(clinic.as('doctor').clinic.health({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('OPS-03: the support file tells about the computer and nothing about anybody', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const { id } = await desk.patients.register({
    name: 'Xenokanary Quillfeather',
    gender: 'female',
    birthDate: '1951-07-13',
    telecoms: [{ system: 'phone', use: 'mobile', value: '+49 170 5550142', rank: 1 }],
  })
  await expect(clinic.as('doctor').patients.get({ patientId: `${id}x` as typeof id })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await expect(desk.clinic.supportFile({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { text, name, token } = await clinic.as('admin').clinic.supportFile({})
  for (const word of ['Xenokanary', 'Quillfeather', '1951-07-13', '5550142', id, clinic.dir, 'Test Clinic']) {
    expect(text).not.toContain(word)
  }
  const facts = JSON.parse(text) as { database: { rows: Record<string, number> }; log: string[] }
  expect(facts.database.rows.patient).toBe(1)
  expect(facts.log.length).toBeLessThanOrEqual(200)
  const file = clinic.clinic.download(token, { door: 'ipc', token: clinic.tokenOf('admin') })
  expect(file).toMatchObject({ type: 'application/json', name })
  expect(Buffer.from((await file?.open()) ?? []).toString('utf8')).toBe(text)
})
