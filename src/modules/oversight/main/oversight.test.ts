// Notices and reviews through the front door: who sees what, who may answer.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { notify, notifyPrivacy, openReview } from './api.ts'

const hour = 3_600_000

test('notices reach the person and the role at work, count until seen, and name patients to the privacy officer only', async () => {
  await using clinic = await testClinic()
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Hannah Weiss', gender: 'female' })
  clinic.transact((ctx) => {
    notify(ctx, { to: { user: clinic.userId('doctor') }, kind: 'approval-given' })
    notify(ctx, { to: { role: 'admin' }, kind: 'backup-failed', patientId, detail: 'no space' })
    notifyPrivacy(ctx, { kind: 'emergency-access', patientId, aboutUser: clinic.userId('doctor') })
  })
  expect((await clinic.as('doctor').oversight.notices({})).notices.map((n) => n.kind)).toEqual([
    'approval-given',
  ])
  const admin = await clinic.as('admin').oversight.notices({})
  expect(admin.notices[0]).toMatchObject({
    kind: 'backup-failed',
    patientId: null,
    patientName: null,
    seen: false,
  })
  const privacy = clinic.as('privacy').oversight
  expect((await privacy.notices({})).notices[0]).toMatchObject({
    patientName: 'Hannah Weiss',
    aboutUserName: 'Test doctor',
  })
  expect(await privacy.unread({})).toEqual({ unread: 1 })
  expect(await privacy.markSeen({})).toEqual({ seen: 1 })
  expect(await privacy.markSeen({})).toEqual({ seen: 0 })
  expect(await privacy.unread({})).toEqual({ unread: 0 })
  expect(await clinic.as('nurse').oversight.unread({})).toEqual({ unread: 0 })
})

test('a review is answered by the privacy officer alone, never by whom it is about, and an answer can be taken back', async () => {
  await using clinic = await testClinic()
  const ids = clinic.transact((ctx) => [
    openReview(ctx, {
      kind: 'emergency-access',
      subject: 'emergency:1',
      aboutUser: clinic.userId('doctor'),
      dueHours: 72,
    }),
    openReview(ctx, {
      kind: 'snooping',
      subject: 'day:x',
      aboutUser: clinic.userId('privacy'),
      dueHours: 24,
    }),
    openReview(ctx, { kind: 'emergency-access', subject: 'emergency:1', dueHours: 72 }),
  ])
  expect(ids[2]).toBe(ids[0])
  const privacy = clinic.as('privacy').oversight
  clinic.tick(25 * hour)
  clinic.session('privacy').locked = false
  const { reviews } = await clinic.as('privacy').oversight.reviews({})
  expect(reviews.map((r) => [r.kind, r.overdue])).toEqual([
    ['snooping', true],
    ['emergency-access', false],
  ])
  expect(await clinic.as('admin').oversight.reviewCounts({})).toEqual({
    open: 2,
    overdue: 1,
    answered: 0,
    notJustified: 0,
  })
  for (const role of ['admin', 'doctor'] as const)
    await expect(clinic.as(role).oversight.reviews({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const answer = { rev: 1, state: 'not-justified', words: 'Asked the doctor; there was no patient.' } as const
  await expect(privacy.answer({ ...answer, id: ids[1] as never })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const done = await privacy.answer({ ...answer, id: ids[0] as never })
  expect(done).toMatchObject({ state: 'not-justified', answeredByName: 'Test privacy' })
  expect((await clinic.as('admin').oversight.notices({})).notices[0]).toMatchObject({
    kind: 'review-not-justified',
    detail: 'emergency-access',
  })
  const [alert, ...others] = (await privacy.notices({})).notices
  expect(alert).toMatchObject({ kind: 'emergency-not-justified', aboutUserName: 'Test doctor' })
  expect(others.map((n) => n.kind)).not.toContain('emergency-not-justified')
  await expect(privacy.answer({ ...answer, id: ids[0] as never })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
  expect((await privacy.reviews({ filter: 'answered' })).reviews).toHaveLength(1)
  expect(await privacy.reopen({ id: ids[0] as never, rev: done.rev })).toMatchObject({
    state: 'open',
    answer: null,
  })
})
