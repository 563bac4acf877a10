// Rules of the waitlist: who fits a gap, in which order, and that a booking from it gives the place up.
import { expect, test } from 'vitest'
import { at, later, monday, scheduledClinic } from '#testkit/scheduling.ts'

test('a freed gap goes to the most urgent who fit, the longest waiting first', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const wait = async (name: string, wish: object) => {
    later(s.clinic, 60_000)
    const patientId = await s.register(name)
    return desk.addToWaitlist({ patientId, visitTypeId: s.followUp.id, ...wish })
  }
  const routine = await wait('Routine', {})
  const second = await wait('Second', {})
  const urgent = await wait('Urgent', { urgency: 'asap' })
  await wait('Too long', { minutes: 45 })
  await wait('Other doctor', { providerId: s.other.id })
  await wait('Too late', { earliest: '2026-03-03' })
  await wait('Not Mondays', { weekdays: [2, 3] })
  await wait('Afternoons', { from: at(13) })
  const gap = { date: monday, start: at(10), minutes: 30, providerId: s.doctor.id }
  const fits = (await desk.waitlistMatches(gap)).entries
  expect(fits.map((e) => e.patientName)).toEqual(['Urgent', 'Routine', 'Second'])
  expect((await desk.waitlist({})).entries).toHaveLength(8)

  const booked = await desk.book({
    ...gap,
    patientId: urgent.patientId,
    visitTypeId: s.followUp.id,
    waitlistId: urgent.id,
  })
  expect((await desk.waitlist({})).entries.map((e) => e.id)).not.toContain(urgent.id)
  // Whoever has a visit at that time is not offered another.
  await desk.book({ ...gap, providerId: s.other.id, patientId: routine.patientId, visitTypeId: null })
  await desk.cancel({
    patientId: urgent.patientId,
    appointmentId: booked.id,
    rev: booked.rev,
    code: 'patient',
  })
  expect((await desk.waitlistMatches(gap)).entries.map((e) => e.id)).toEqual([second.id])
})

test('a place is held once, can be given up and taken back', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const wish = { patientId: s.patient, visitTypeId: s.followUp.id }
  const entry = await desk.addToWaitlist(wish)
  expect(entry).toMatchObject({ state: 'waiting', minutes: 30, addedByName: 'Test reception' })
  await expect(desk.addToWaitlist(wish)).rejects.toMatchObject({
    code: 'DUPLICATE',
    details: { id: entry.id },
  })
  const which = { patientId: s.patient, id: entry.id }
  const removed = await desk.removeFromWaitlist({ ...which, rev: entry.rev })
  await expect(desk.removeFromWaitlist({ ...which, rev: removed.rev })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
  expect((await desk.returnToWaitlist({ ...which, rev: removed.rev })).state).toBe('waiting')
  await expect(s.clinic.as('billing').scheduling.waitlist({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
