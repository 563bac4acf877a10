// REL-06: memory stays flat. A working day's mix of calls, with the heap looked at after each part of it.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'
import { scratchFolder } from '#testkit/scratch.ts'

const night = process.env.OSLER_NIGHT === '1'
const part = night ? 6_000 : 600

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** What is alive, in bytes: twice, since the first run only schedules finalisers. */
function alive(): number {
  gc()
  gc()
  return process.memoryUsage().heapUsed
}

async function dayOf(clinic: TestClinic, calls: number, patients: readonly PatientId[]): Promise<void> {
  const desk = clinic.as('reception')
  const doctor = clinic.as('doctor')
  for (let i = 0; i < calls; i++) {
    const patientId = patients[i % patients.length]
    if (!patientId) throw new Error('somebody has to be there')
    if (i % 6 === 0) {
      const flag = await desk.patients.addFlag({ patientId, kind: 'sticky', text: `Call ${i}` })
      await desk.patients.removeFlag({ patientId, id: flag.id, rev: flag.rev, reason: 'done' })
    } else if (i % 6 === 1) await doctor.chart.open({ patientId })
    else if (i % 6 === 2) await desk.patients.search({ text: 'pat' })
    else if (i % 6 === 3) await doctor.chart.timeline({ patientId })
    // Somebody without a session: refused and noted.
    else if (i % 6 === 4) await clinic.call('chart.open', { patientId }, { token: null })
    else await doctor.board.today({})
    clinic.tick(200)
  }
}

test(
  `REL-06: ${part * 3} mixed calls after a warm-up leave the heap within 10 %`,
  async () => {
    await using clinic = await testClinic({ dir: scratchFolder() })
    const patients: PatientId[] = []
    for (let i = 0; i < 20; i++) {
      patients.push(
        (await clinic.as('reception').patients.register({ name: `Pat ${i}`, gender: 'female' })).id,
      )
    }
    await dayOf(clinic, part, patients)
    const warm = alive()
    const later: number[] = []
    for (let i = 0; i < 3; i++) {
      await dayOf(clinic, part, patients)
      later.push(alive())
    }
    const growth = (Math.max(...later) - warm) / warm
    expect(growth, `${warm} then ${later.join(', ')}`).toBeLessThan(0.1)
  },
  night ? 600_000 : 120_000,
)
