// REL-06: a screen that is locked and unlocked for years. 100,000 times, and the heap is where it was.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { clientFor } from '#testkit/client.ts'
import { mintId } from '#core/store/mint.ts'
import { scratchFolder } from '#testkit/scratch.ts'

const cycles = 100_000
/** A second each: well within the twelve hours after which everybody signs in anew. */
const perSignIn = 20_000
const password = 'lantern-quarry-violin'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

function alive(): number {
  gc()
  gc()
  return process.memoryUsage().heapUsed
}

test(`REL-06: ${cycles} times locked and unlocked, the heap grows by less than 10 %`, async () => {
  await using clinic = await testClinic({ dir: scratchFolder() })
  const { code } = await clinic
    .as('admin')
    .people.create({ username: 'olga', name: 'Olga', roles: ['reception'] })
  let token: string | null = null
  const window = clientFor((procedure, input) =>
    clinic.clinic.dispatch(
      { procedure, input, opId: mintId(clinic.now()) },
      { door: 'ipc', source: 'window-1', token, setToken: (next) => void (token = next) },
    ),
  )
  await window.session.setPassword({ username: 'olga', code, newPassword: password })
  let done = 0
  const cycle = async (times: number) => {
    for (let i = 0; i < times; i++, done++) {
      if (done % perSignIn === 0) await window.session.signIn({ username: 'olga', password })
      await window.session.lock({})
      await window.session.unlock({ password })
      clinic.tick(1_000)
    }
  }
  await cycle(5_000)
  const warm = alive()
  await cycle(cycles - 5_000)
  const growth = (alive() - warm) / warm
  expect(growth).toBeLessThan(0.1)
  expect(clinic.auditOf('session.unlock')).toHaveLength(cycles)
})
