// BAK-05 and KEY-05 at night: gigabytes of attachments beside a database with tens of thousands of rows, through the thread
// and the places of a working clinic, and back on an empty computer with the kit alone. OSLER_DRILL_GIGABYTES makes it larger
// (docs/faults.md); as it stands it takes some minutes.
import { randomFillSync } from 'node:crypto'
import { readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { patient } from '#modules/patients/main/tables.ts'
import { testCaller, testHost } from '#testkit/host.ts'
import { backedUpClinic, confirmKit, must, people } from '#testkit/restoring.ts'

const gigabytes = sizeFrom(process.env.OSLER_DRILL_GIGABYTES)
const patients = 20_000
const megabyte = 1024 * 1024
const restoreWithinMs = 30 * 60_000
/** Attachments, backup, the copy fetched back and the unpacked one stand side by side. */
const roomFor = 4.5

function sizeFrom(text: string | undefined): number {
  const size = Number(text ?? 1)
  if (!(size > 0 && size <= 100)) throw new Error('OSLER_DRILL_GIGABYTES is a number up to 100')
  return size
}

test('BAK-05, KEY-05: a backup of gigabytes is made, fetched back, opened in full, and restored elsewhere with the kit alone within 30 minutes', {
  timeout: Math.max(1800, gigabytes * 900) * 1000,
}, async () => {
  const { bavail, bsize } = statfsSync(tmpdir())
  expect(bavail * bsize, 'room in the folder for temporary files').toBeGreaterThan(
    gigabytes * roomFor * 2 ** 30,
  )
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
  for (let n = 0; n < Math.ceil(gigabytes * 32); n++)
    writeFileSync(path.join(folder, `n${n}`), randomFillSync(part))
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
  await from.host.close()

  await using to = testHost()
  const host = await to.open()
  const caller = testCaller()
  const restoredAt = performance.now()
  const opener = { kind: 'kit', kit: from.kit }
  const place = { kind: 'folder', path: home }
  expect(must(await host.bootstrap('restoreLook', { place, name, opener }, caller))).toMatchObject({
    patients,
  })
  must(await host.bootstrap('restoreApply', {}, caller))
  await confirmKit(host)
  must(await host.bootstrap('unlock', people, caller))
  const restoreMs = performance.now() - restoredAt
  expect(readdirSync(path.join(to.dir, 'attachments')).length).toBe(readdirSync(folder).length)
  expect(restoreMs).toBeLessThan(restoreWithinMs)
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`
  process.stderr.write(
    `${(bytes / 2 ** 30).toFixed(2)} GiB, ${patients} patients: made and proven in ${seconds(madeMs)}, ` +
      `test restore in ${seconds(state.drills[0]?.tookMs ?? 0)}, on an empty computer in ${seconds(restoreMs)}\n`,
  )
  rmSync(home, { recursive: true, force: true })
})
