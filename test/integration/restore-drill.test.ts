// BAK-05: test restores by the clock. Twenty nights of a small clinic: each night the newest backup is fetched back, opened,
// counted, and what was found stands on the lamp.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { patient } from '#modules/patients/main/tables.ts'
import { writeTestKeyFile } from '#testkit/backup.ts'
import { testClinic } from '#testkit/clinic.ts'

const day = 86_400_000

test('BAK-05: 20 automatic test restores in 20 nights find what the clinic held; a damaged backup is found the same night', {
  timeout: 240_000,
}, async () => {
  await using clinic = await testClinic()
  writeTestKeyFile(clinic)
  const lamp = () => clinic.clinic.services.health().checks.find((check) => check.name === 'test-restore')
  const drills = () =>
    clinic.read((r) => r.list((db) => db.selectFrom('backup_drill').selectAll().orderBy('id')))
  const night = async () => {
    clinic.tick(day)
    await clinic.clinic.runDueJobs()
  }
  // The clock of jobs begins with the first look, and the first backup is made.
  await clinic.clinic.runDueJobs()
  await night()
  const before = drills().length
  for (let n = 1; n <= 20; n++) {
    clinic.transact((ctx) =>
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
      }),
    )
    await night()
  }
  const done = drills().slice(before)
  expect(done).toHaveLength(20)
  expect(done.filter((drill) => drill.outcome !== 'ok' || drill.problem !== null)).toEqual([])
  // Each night the backup of that day, with every patient entered by then.
  expect(done.map((drill) => drill.patients)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  expect(new Set(done.map((drill) => drill.backup_id)).size).toBe(20)
  expect(new Set(drills().map((drill) => drill.kind))).toEqual(new Set(['monthly', 'nightly']))
  expect(clinic.auditOf('backup.test-restored')).toHaveLength(drills().length)
  expect(lamp()).toMatchObject({ state: 'ok', value: 0 })
  // Its age is told in hours, and grows until it is a warning.
  clinic.tick(5 * 3_600_000)
  expect(lamp()).toMatchObject({ state: 'ok', value: 5 })
  clinic.tick(40 * day)
  expect(lamp()).toMatchObject({ state: 'warning' })

  await clinic.clinic.runDueJobs()
  const folder = path.join(clinic.dir, 'backups')
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.oslerbackup'))
    .toSorted()
    .at(-1)
  const file = path.join(folder, newest ?? '')
  const bytes = readFileSync(file)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(file, bytes)
  clinic.tick(60_000)
  await clinic.as('admin').backups.testRestore({})
  await clinic.clinic.services.jobs.idle()
  expect(drills().at(-1)).toMatchObject({ outcome: 'failed', problem: 'damaged' })
  expect(lamp()).toMatchObject({ state: 'danger' })
})
