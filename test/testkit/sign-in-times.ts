// How long four kinds of refused sign-in take, interleaved in one run (AUTH-08): nobody learns from a clock who exists.
import type { TestClinic } from './clinic.ts'
import { doorOf, hire } from './sign-in.ts'

export const refusedKinds = ['unknown', 'wrong', 'locked', 'disabled'] as const

/** Medians in milliseconds, and every answer that was given. */
export async function timeRefusals(clinic: TestClinic, rounds: number) {
  const ids = {
    wrong: await hire(clinic, 'walter', ['nurse']),
    disabled: await hire(clinic, 'dora', ['nurse']),
  }
  // Locked: a reset took the password away until the code is used.
  const lockedId = await hire(clinic, 'lena', ['nurse'])
  const admin = clinic.as('admin')
  const revOf = async (id: string) => (await admin.people.list({})).find((p) => p.id === id)?.rev ?? 0
  await admin.people.resetPassword({ id: lockedId, rev: await revOf(lockedId) })
  await admin.people.deactivate({ id: ids.disabled, rev: await revOf(ids.disabled), reason: 'left' })
  const names = { unknown: 'nobody', wrong: 'walter', locked: 'lena', disabled: 'dora' }
  const times: Record<(typeof refusedKinds)[number], number[]> = {
    unknown: [],
    wrong: [],
    locked: [],
    disabled: [],
  }
  const answers = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    // Long enough for every delay to pass; before the hard stop the count is cleared as an administrator does.
    clinic.tick(16 * 60_000)
    if (round % 90 === 89) clearCounts(clinic)
    const order = refusedKinds.map((_, n) => refusedKinds[(n + round) % 4] ?? 'wrong')
    for (const kind of order) {
      const door = doorOf(clinic, 'https', `10.0.${round % 200}.${refusedKinds.indexOf(kind)}`)
      const started = performance.now()
      const answer = await door.session
        .signIn({ username: names[kind], password: 'not the right password' })
        .then(
          () => 'let in',
          (error: { code: string; details: unknown }) => `${error.code} ${JSON.stringify(error.details)}`,
        )
      times[kind].push(performance.now() - started)
      answers.add(answer)
    }
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  return { answers, medians: refusedKinds.map((kind) => median(times[kind])) }
}

function clearCounts(clinic: TestClinic): void {
  const db = clinic.raw()
  db.exec("delete from sign_in_failure where subject like '%:password:%'")
  db.close()
}
