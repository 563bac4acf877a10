// AUD-07: the clock of the computer is set back, forward and beyond 2038 while people work. Nothing is lost, the order stays
// that of the acts, and entries of doubtful time say so.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'

const day = 86_400_000
const jumps: [string, number][] = [
  ['a day back', -day],
  ['a day ahead', day],
  ['past 2038', Date.UTC(2038, 0, 20) - Date.UTC(2026, 2, 2)],
  ['thirty years back', -30 * 365 * day],
]

test.each(jumps)(
  'AUD-07: with the clock set %s nothing is lost and the order is the order of the acts',
  async (_name, jump) => {
    await using clinic = await testClinic()
    const desk = clinic.as('reception')
    const before = await desk.patients.register({ name: 'Before', gender: 'female' })
    const right = clinic.now()
    clinic.setWall(right + jump)
    const during = await desk.patients.register({ name: 'During', gender: 'female' })
    clinic.setWall(right + 60_000)
    clinic.tick(60_000)
    // Whoever signed in under the wrong time may be locked now; somebody new is not.
    const after = await clinic.another('reception').patients.register({ name: 'After', gender: 'female' })

    const entries = clinic.auditOf('patient.register')
    expect(entries.map((e) => e.clock)).toEqual(['unknown', 'suspect', 'unknown'])
    expect(entries.map((e) => e.seq)).toEqual(entries.map((e) => e.seq).toSorted((a, b) => a - b))
    // The commits' own time never runs back, whatever the wall says.
    expect(clinic.clinic.verify()).toMatchObject({ ok: true })

    const again = await clinic.reopen({ startAt: right + jump })
    for (const id of [before.id, during.id, after.id]) {
      expect((await again.as('doctor').chart.open({ patientId: id })).banner).toBeDefined()
    }
    // Opened with a clock behind what stands in the file: everything written now is doubtful.
    await again.as('reception').patients.register({ name: 'Later', gender: 'female' })
    expect(again.auditOf('patient.register').at(-1)?.clock).toBe(jump < 0 ? 'suspect' : 'unknown')
    expect(again.clinic.verify()).toMatchObject({ ok: true })
    await again.close()
  },
)
