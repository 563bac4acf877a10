// PAR-03: kill -9 at any moment of an import leaves whole patients only, and the batch goes on or can be taken back.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { packKeys } from '#testkit/core-only.ts'
import { settled, visibleRows } from '#testkit/importing.ts'
import { seededRandom } from '#testkit/random.ts'

const child = path.join(import.meta.dirname, '../testkit/importing-child.ts')
const kills = process.env.OSLER_NIGHT === '1' ? 200 : 6
const patients = 40
const resourcesEach = 12

function writeFolder(folder: string): void {
  const lines = Array.from({ length: patients }, (_, p) => {
    const subject = { reference: `Patient/p${p}` }
    const weights = Array.from({ length: resourcesEach - 2 }, (_, i) => ({
      resourceType: 'Observation',
      id: `w${p}-${i}`,
      status: 'final',
      subject,
      code: { text: 'Weight' },
      effectiveDateTime: `2020-01-${String(i + 1).padStart(2, '0')}`,
      valueQuantity: { value: 60 + i, unit: 'kg' },
    }))
    const person = { resourceType: 'Patient', id: `p${p}`, name: [{ text: `Patient ${p}` }] }
    return [person, ...weights, { resourceType: 'Flag', id: `f${p}`, subject }]
      .map((r) => JSON.stringify(r))
      .join('\n')
  })
  writeFileSync(path.join(folder, 'bulk.ndjson'), lines.join('\n'))
}

/** Kills the child some milliseconds after it has filed so many groups. */
function killWhileFiling(
  dir: string,
  keys: string,
  folder: string,
  groups: number,
  moreMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [child, dir, keys, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = 0
    let complaint = ''
    run.stderr.on('data', (d: Buffer) => (complaint += d.toString()))
    run.stdout.on('data', (d: Buffer) => {
      const before = said
      said += d.toString().split('\n').length - 1
      if (before < groups && said >= groups) setTimeout(() => run.kill('SIGKILL'), moreMs)
    })
    run.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve()
      else reject(new Error(`the importing child ended by itself: ${complaint}`))
    })
  })
}

/** Originals and rows by patient, undone ones left out: each must be whole. */
function broken(clinic: TestClinic): unknown[] {
  const db = clinic.raw()
  try {
    return db
      .prepare(
        `select p.name_text, (select count(*) from source_resource s where s.patient_id = p.id and s.voided_at is null) as sources,
           (select count(*) from observation o where o.patient_id = p.id and o.voided_at is null) as rows
         from patient p where p.voided_at is null and (sources <> ${resourcesEach} or rows <> ${resourcesEach - 2})`,
      )
      .all()
  } finally {
    db.close()
  }
}

test(`PAR-03: ${kills} kills during an import leave whole patients only`, {
  timeout: kills * 60_000,
}, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'osler-import-'))
  writeFolder(folder)
  const random = seededRandom(7)
  let clinic = await testClinic()
  try {
    let seen = 0
    for (let k = 0; k < kills; k++) {
      await clinic.close()
      await killWhileFiling(
        clinic.dir,
        packKeys(clinic.keys),
        folder,
        1 + Math.floor(random() * 60),
        Math.floor(random() * 20),
      )
      clinic = await testClinic({ reopen: clinic, startAt: Date.now() })
      expect(broken(clinic)).toEqual([])
      const now = visibleRows(clinic).patient ?? 0
      expect(now).toBeGreaterThan(seen)
      seen = now
    }
    expect(clinic.clinic.verify()).toMatchObject({ ok: true })
    const admin = clinic.as('admin')
    const { batches } = await admin.imports.list({})
    const halted = batches.filter((b) => b.status === 'cancelled')
    expect(halted.length).toBeGreaterThan(0)
    for (const { id } of halted) {
      await admin.imports.start({ batchId: id })
      expect(await settled(clinic, 'admin', id)).toMatchObject({
        status: 'done',
        counts: { filed: patients, mapped: patients * (resourcesEach - 1) },
      })
    }
    expect(broken(clinic)).toEqual([])
    expect((visibleRows(clinic).patient ?? 0) % patients).toBe(0)
  } finally {
    await clinic[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  }
})
