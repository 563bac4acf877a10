// BAK-05 at night: a test restore of a clinic as large as fits in four minutes, through the thread and the targets of a
// working clinic: gigabytes of attachments beside a database with tens of thousands of rows.
import { randomFillSync } from 'node:crypto'
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { patient } from '#modules/patients/main/tables.ts'
import { backedUpClinic } from '#testkit/restoring.ts'

const gigabytes = Number(process.env.OSLER_DRILL_GIGABYTES ?? 1)
const patients = 20_000
const megabyte = 1024 * 1024

test('BAK-05: a backup of gigabytes is made, fetched back, opened in full and found to hold everything', async () => {
  await using from = await backedUpClinic()
  const clinic = from.host.clinic()
  if (!clinic) throw new Error('not open')
  const act = { action: 'import.rows', category: 'system' } as const
  for (let done = 0; done < patients; done += 1_000)
    clinic.transact({ actor: null, door: 'job' }, act, (ctx) => {
      for (let n = done + 1; n <= done + 1_000; n++)
        ctx.write.insert(patient, {
          name_text: `Night ${n}`,
          gender: 'female',
          birth_date_estimated: 0,
          deceased: 0,
          active: 1,
          record_number: `R${n}`,
          audit_alias: `alias-${n}`,
          n,
          name_sort: `night ${n}`,
        })
    })
  const folder = path.join(from.home.dir, 'attachments')
  const part = Buffer.alloc(32 * megabyte)
  for (let n = 0; n < gigabytes * 32; n++) writeFileSync(path.join(folder, `n${n}`), randomFillSync(part))
  await from.call('session.switchRole', { role: 'admin' })

  const startedMs = performance.now()
  await from.call('backups.make', {})
  await clinic.services.jobs.idle()
  const madeMs = performance.now() - startedMs
  await from.call('backups.testRestore', {})
  await clinic.services.jobs.idle()
  const state = (await from.call('backups.overview', {})) as {
    made: { bytes: number }[]
    drills: { outcome: string; patients: number; tookMs: number }[]
  }
  expect(state.drills).toMatchObject([{ kind: 'hand', outcome: 'ok', problem: null, patients }])
  const bytes = state.made[0]?.bytes ?? 0
  expect(bytes).toBeGreaterThan(gigabytes * 1024 * megabyte)
  const home = path.join(from.home.dir, 'backups')
  const [name = ''] = readdirSync(home).filter((each) => each.endsWith('.oslerbackup'))
  expect(statSync(path.join(home, name)).size).toBe(bytes)
  process.stderr.write(
    `${(bytes / 2 ** 30).toFixed(2)} GiB, ${patients} patients: made and proven in ${Math.round(madeMs / 1000)} s, test restore in ${Math.round((state.drills[0]?.tookMs ?? 0) / 1000)} s\n`,
  )
  rmSync(home, { recursive: true, force: true })
})
