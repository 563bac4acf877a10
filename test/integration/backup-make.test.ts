// BAK-03: a backup counts only after it was opened and found to hold what the clinic held; broken on the way it does not.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { patient } from '#modules/patients/main/tables.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { writeTestKeyFile } from '#testkit/backup.ts'
import { backupKeysOf } from '#core/backup/keys.ts'
import { BackupCancelled, checkBackupFile, makeBackupFile } from '#core/backup/machine.ts'

let clinic: TestClinic
let dir: string
let count = 0
beforeAll(async () => {
  clinic = await testClinic()
  writeTestKeyFile(clinic)
  dir = mkdtempSync(path.join(tmpdir(), 'osler-make-'))
  clinic.transact((ctx) => {
    for (let n = 1; n <= 300; n++)
      ctx.write.insert(patient, {
        name_text: `Canary Number${n}`,
        family: 'Canary',
        birth_date: '1971-03-04',
        birth_date_estimated: 0,
        gender: 'female',
        deceased: 0,
        active: 1,
        record_number: `R${n}`,
        audit_alias: `alias-${n}`,
        n,
        name_sort: `canary ${n}`,
      })
  })
})
afterAll(async () => {
  await clinic[Symbol.asyncDispose]()
  rmSync(dir, { recursive: true, force: true })
})

const task = () => {
  const n = ++count
  return {
    dir: clinic.dir,
    scratch: path.join(dir, `scratch-${n}`),
    out: path.join(dir, `backup-${n}.osler`),
    keys: backupKeysOf(clinic.keys),
    backupId: `01934b6a-0000-7000-8000-${String(n).padStart(12, '0')}`,
    at: new Date(clinic.now()).toISOString(),
    app: 'test',
    chunkSize: 4096,
  }
}
const check = (file: string) =>
  checkBackupFile({ file, scratch: path.join(dir, `check-${++count}`), keys: backupKeysOf(clinic.keys) })

test('BAK-03: a backup is made beside a working clinic, opened, counted and compared before it is named', async () => {
  const steps = new Set<string>()
  const made = task()
  let acts = 0
  const proven = makeBackupFile(made, { onProgress: (step) => steps.add(step) })
  // The clinic goes on: nothing waits for the thread.
  const longest = await longestWait(proven, () => {
    clinic.transact(() => {})
    acts += 1
  })
  const { manifest, label, sha256 } = await proven
  expect([...steps]).toEqual(['snapshot', 'pack', 'check'])
  expect(acts).toBeGreaterThan(0)
  expect(longest).toBeLessThan(500)
  expect(manifest).toMatchObject({ clinicName: 'Test Clinic', patients: 300, generation: 1 })
  expect(manifest.rows.patient).toBe(300)
  expect(manifest.audit.seq).toBeGreaterThan(0)
  expect(label).toMatchObject({ clinicId: clinic.keys.clinicId, kitId: null })
  expect(readdirSync(dir)).not.toContain(path.basename(made.scratch))
  expect(readFileSync(made.out).includes('Canary')).toBe(false)
  expect(await check(made.out)).toMatchObject({ sha256, manifest })
})

test('BAK-03: a bit that falls anywhere on the way makes it no backup', async () => {
  const made = task()
  await makeBackupFile(made)
  const whole = readFileSync(made.out)
  for (const place of [0.05, 0.5, 0.999]) {
    const broken = Buffer.from(whole)
    const at = Math.floor(place * (broken.length - 1))
    broken[at] = (broken[at] ?? 0) ^ 0x10
    const file = path.join(dir, 'broken.osler')
    writeFileSync(file, broken)
    await expect(check(file)).rejects.toMatchObject({ name: 'BackupRefused' })
  }
})

test('a backup that is cancelled leaves nothing behind', async () => {
  const made = task()
  const abort = new AbortController()
  const making = makeBackupFile(made, { signal: abort.signal, onProgress: () => abort.abort() })
  await expect(making).rejects.toThrow(BackupCancelled)
  expect(readdirSync(dir)).not.toContain(path.basename(made.out))
  expect(readdirSync(dir)).not.toContain(path.basename(made.scratch))
})

test('another clinic’s keys open nothing', async () => {
  const made = task()
  await makeBackupFile(made)
  await using other = await testClinic()
  const keys = backupKeysOf(other.keys)
  const tried = checkBackupFile({ file: made.out, scratch: path.join(dir, 'other'), keys })
  await expect(tried).rejects.toMatchObject({ fault: 'wrong-key' })
})

async function longestWait(until: Promise<unknown>, act: () => void): Promise<number> {
  let isDone = false
  void until.finally(() => (isDone = true)).catch(() => {})
  let longest = 0
  while (!isDone) {
    const before = performance.now()
    act()
    await new Promise((resolve) => setImmediate(resolve))
    longest = Math.max(longest, performance.now() - before)
  }
  return longest
}
