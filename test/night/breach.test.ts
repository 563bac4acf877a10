// PRIV-08 at length: a million audit entries, and the question of a breach is answered in seconds.
import { expect, test } from 'vitest'
import { affected, affectedTotal } from '#modules/privacy/main/breach-queries.ts'
import { createReader } from '#core/store/reader.ts'
import { testClinic } from '#testkit/clinic.ts'

test('PRIV-08: one day of one account among a million entries is found within 15 seconds', {
  timeout: 240_000,
}, async () => {
  await using clinic = await testClinic()
  const db = clinic.raw()
  db.exec('drop trigger audit_log_next')
  const first = Number(db.prepare('select max(seq) from audit_log').pluck().get())
  const insert = db.prepare(
    `insert into audit_log (seq, at, clock, writer, user_id, role, session_id, door, action, category, patient_alias, outcome, op_id, mac)
     values (?, ?, 'ok', 1, ?, 'nurse', 's', 'ipc', 'chart.open', 'clinical', ?, 'ok', 'o', x'00')`,
  )
  const begin = Date.UTC(2024, 0, 1)
  db.exec('begin')
  for (let n = 0; n < 1_000_000; n++)
    insert.run(first + 1 + n, new Date(begin + n * 60_000).toISOString(), `u${n % 20}`, `a${n % 50_000}`)
  db.exec('commit')
  const read = createReader(db)
  const asked = {
    from: new Date(begin + 86_400_000 * 300).toISOString(),
    until: new Date(begin + 86_400_000 * 301).toISOString(),
    user: 'u7',
    door: null,
    handedOut: 0,
    limit: 1_000,
  }
  const started = performance.now()
  expect(read.get(affectedTotal, asked)).toMatchObject({ total: 72, entries: 72 })
  expect(read.all(affected, asked)).toHaveLength(72)
  expect(performance.now() - started).toBeLessThan(15_000)
  db.close()
})
