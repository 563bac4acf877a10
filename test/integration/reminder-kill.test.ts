// C9: a process killed around the moment a mail server takes a reminder sends no double, and nothing is lost unseen.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { testClinic, testStart } from '#testkit/clinic.ts'
import { packKeys } from '#testkit/core-only.ts'
import { mailServer } from '#testkit/mail-server.ts'
import { bookVisit, day, minute, patientWith, runFor, setUpServer } from '#testkit/reminding.ts'
import { seededRandom } from '#testkit/random.ts'

const child = path.join(import.meta.dirname, '../testkit/reminding-child.ts')
const kills = process.env.OSLER_NIGHT === '1' ? 100 : 6
const visits = kills * 4

test(
  'C9: kill -9 around a mail: every reminder came once, or a person is asked about it',
  async () => {
    await using server = await mailServer({ tls: 'none' })
    const random = seededRandom(9)
    const first = await testClinic()
    await setUpServer(first, server, { tls: 'none', caPem: null })
    for (let i = 0; i < visits; i++) {
      bookVisit(
        first,
        await patientWith(first, { email: `p${i}@example.org` }),
        testStart + 2 * day + 30 * minute,
      )
    }
    await first.close()
    let at = testStart + 31 * minute
    for (let n = 0; n < kills; n++) {
      await new Promise<void>((resolve, reject) => {
        const run = spawn(process.execPath, [child, first.dir, packKeys(first.keys), String(at)], {
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        let complaint = ''
        run.stderr.on('data', (data: Buffer) => (complaint += data.toString()))
        let left = 1 + Math.floor(random() * 3)
        const late = random() < 0.5 ? random() * 8 : 0
        server.manner = () => {
          left -= 1
          if (left === 0) {
            // Before the server answers, or a moment after it did.
            if (late > 0) setTimeout(() => run.kill('SIGKILL'), late)
            else run.kill('SIGKILL')
          }
          return null
        }
        run.on('close', (_code, signal) =>
          signal === 'SIGKILL' ? resolve() : reject(new Error(`the child ended by itself: ${complaint}`)),
        )
      })
      at += 3 * minute
    }
    server.manner = () => null
    await using last = await testClinic({ reopen: first, startAt: at + 15 * minute })
    await runFor(last, 20 * minute)
    const rows = last.read((r) => r.list((db) => db.selectFrom('reminder_send').selectAll()))
    const perMailbox = new Map<string, number>()
    for (const mail of server.mails) {
      const to = mail.to[0] ?? ''
      perMailbox.set(to, (perMailbox.get(to) ?? 0) + 1)
    }
    expect([...perMailbox.entries()].filter(([, n]) => n > 1)).toEqual([])
    const inState = (state: string) => rows.filter((row) => row.state === state)
    expect(inState('sent').length + inState('unclear').length).toBe(visits)
    for (const row of inState('sent')) expect(perMailbox.get(row.address ?? '')).toBe(1)
    // Killed before the answer was written down: these are the ones a person looks at.
    expect(inState('unclear').length).toBeGreaterThan(0)
    expect(last.clinic.verify().ok).toBe(true)
  },
  60_000 + kills * 20_000,
)
