// PRIV-06: the accounting of disclosures, entered and written by acts, six years back, orders honoured.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { recordDisclosure } from './api.ts'
import { accountingOf } from './disclosures.ts'

const year = 365 * 86_400_000

test('PRIV-06: the golden accounting: recipient, address, what, basis and user; routine on request; orders kept; six years', async () => {
  await using clinic = await testClinic()
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Hannah Weiss', gender: 'female', birthDate: '1971-03-04' })
  const privacy = clinic.as('privacy').audit
  const at = (ago: number) => new Date(clinic.now() - ago).toISOString()
  const base = { patientId, recipientKind: 'authority', address: 'Hafenstr. 1', purpose: 'as asked' } as const
  await privacy.recordDisclosure({
    ...base,
    occurredAt: at(7 * year),
    recipient: 'Old Office',
    what: 'Old',
    basis: 'law',
  })
  await privacy.recordDisclosure({
    ...base,
    occurredAt: at(2 * year),
    recipient: 'Health Office',
    what: 'Measles report',
    basis: 'public-health',
  })
  await clinic.as('doctor').audit.recordOwnDisclosure({
    ...base,
    occurredAt: at(86_400_000),
    recipient: 'Dr. Sommer',
    recipientKind: 'provider',
    what: 'Letter',
    basis: 'care',
  })
  clinic.transact((ctx) =>
    recordDisclosure(ctx, {
      patientId,
      recipient: 'Police',
      recipientKind: 'authority',
      what: 'Record, 12 pages',
      basis: 'court',
      purpose: 'Order 4 of 2026',
      act: 'record.export',
    }),
  )
  const told = (withRoutine: boolean) =>
    clinic
      .read((read) =>
        accountingOf(
          { read, now: new Date(clinic.now()).toISOString(), nowMs: clinic.now() } as never,
          patientId,
          withRoutine,
        ),
      )
      .lines.map((d) => [d.recipient, d.what, d.basis, d.origin, d.recordedByName])
  expect(told(true)).toEqual([
    ['Police', 'Record, 12 pages', 'court', 'act', 'Osler'],
    ['Dr. Sommer', 'Letter', 'care', 'entered', 'Test doctor'],
    ['Health Office', 'Measles report', 'public-health', 'entered', 'Test privacy'],
  ])
  expect(told(false).map(([who]) => who)).toEqual(['Police', 'Health Office'])
  const order = await privacy.suspend({
    patientId,
    authority: ' police',
    reason: 'Inquiry',
    until: at(-86_400_000),
  })
  expect(told(false).map(([who]) => who)).toEqual(['Health Office'])
  const seen = await privacy.disclosures({ patientId })
  expect(seen.disclosures.find((d) => d.recipient === 'Police')?.suspended).toBe(true)
  clinic.tick(2 * 86_400_000)
  expect(told(false).map(([who]) => who)).toEqual(['Police', 'Health Office'])
  await privacy.endSuspension({ patientId, id: order.id, rev: 1 })
})

test('PRIV-06: what an act wrote stays, a mistake is taken off with a reason, the future is refused', async () => {
  await using clinic = await testClinic()
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Jonas Beck', gender: 'male' })
  const privacy = clinic.as('privacy').audit
  const fields = {
    patientId,
    recipient: 'Insurer',
    recipientKind: 'insurer',
    address: null,
    what: 'Bill',
    basis: 'payment',
    purpose: 'Cover',
  } as const
  await expect(
    privacy.recordDisclosure({ ...fields, occurredAt: new Date(clinic.now() + 60_000).toISOString() }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const { id } = await privacy.recordDisclosure({
    ...fields,
    occurredAt: new Date(clinic.now()).toISOString(),
  })
  await privacy.voidDisclosure({ patientId, id, rev: 1, reason: 'other patient' })
  expect((await privacy.disclosures({ patientId })).disclosures).toEqual([])
  const written = clinic.transact((ctx) => recordDisclosure(ctx, { ...fields, act: 'record.export' }))
  await expect(
    privacy.voidDisclosure({ patientId, id: written as never, rev: 1, reason: 'no such thing' }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
  await expect(
    clinic
      .as('reception')
      .audit.recordOwnDisclosure({ ...fields, occurredAt: new Date(clinic.now()).toISOString() }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
