// ELE-03: whatever a window says, the main process neither falls over nor does anything for somebody who is not signed in.
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { bootstrapProcedures } from '#shared/bootstrap.ts'
import { createClinic, founder, workAs } from './support/acts.ts'
import { callFrom } from './support/call.ts'
import { expect, test } from './support/electron-clinic.ts'
import { commandLine, root } from './support/paths.ts'
import { sendRandomMessages } from './support/random-messages.ts'

const count = 10_000
const seed = 20_260_302

interface Entry {
  readonly seq: number
  readonly userId: string | null
  readonly action: string
  readonly outcome: string
}

test('ELE-03: 10,000 random messages a channel: no crash, no effect, no flood of the log', async ({
  clinic,
}) => {
  test.setTimeout(120_000)
  const { page } = clinic
  await createClinic(page)
  await workAs(page, 'Administrator')
  const before = (await newestEntries(page, 1))[0]?.seq ?? 0
  await callFrom(page, 'session.signOut')

  const send = (channel: 'call' | 'bootstrap' | 'copied', names: readonly string[]) =>
    page.evaluate(sendRandomMessages, { channel, count, seed, names })
  const calls = await send('call', procedureNames())
  const bootstraps = await send('bootstrap', Object.keys(bootstrapProcedures))
  const copies = await send('copied', ['clipboard', 'selection'])

  for (const answers of [calls, bootstraps, copies]) {
    expect(answers.strange, 'the other side threw, or gave no answer of ours').toEqual([])
    expect(answers.codes).not.toHaveProperty('INTERNAL')
    expect(sum(answers.codes)).toBe(count)
  }
  // What anybody may ask who stands before the window, and nothing else.
  expect(calls.done).toEqual(['federation.offers', 'session.hints'])
  expect(bootstraps.done).toEqual(['status'])
  expect(calls.codes.NOT_SIGNED_IN, 'messages that named a procedure and were well formed').toBeGreaterThan(
    count / 2,
  )

  const { username, password } = founder
  await callFrom(page, 'session.signIn', { username, password })
  await callFrom(page, 'session.switchRole', { role: 'admin' })
  const since = (await newestEntries(page, 200)).filter(({ seq }) => seq > before)
  const done = since.filter(({ outcome }) => outcome === 'ok').map(({ action }) => action)
  expect([...new Set(done)].sort()).toEqual([
    'audit.list',
    'session.sign-in',
    'session.sign-out',
    'session.switch-role',
  ])
  const refused = since.filter(({ outcome }) => outcome !== 'ok')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThan(100)
  expect(refused.filter(({ userId }) => userId !== null)).toEqual([])
  expect(clinic.troubles(), 'errors and blocked loads in the window').toEqual([])
})

function procedureNames(): string[] {
  const listed = execFileSync(process.execPath, [commandLine, 'procedures'], { cwd: root, encoding: 'utf8' })
  return (JSON.parse(listed) as { name: string }[]).map(({ name }) => name)
}

const newestEntries = async (page: Page, limit: number): Promise<Entry[]> =>
  (await callFrom<{ entries: Entry[] }>(page, 'audit.list', { limit })).entries

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0)
