// REL-04, second half: one page of the file put back older decrypts and verifies like any other. Only the rows' own history
// tells; an opened chart and the nightly sweep ask it.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '#core/db/connection.ts'
import { schemaIsIntact } from '#core/db/migrate.ts'
import { createReader } from '#core/store/reader.ts'
import { createRowCheck } from '#core/store/row-check.ts'
import { sweepRows } from '#core/store/row-sweep.ts'
import type { SyncedTable } from '#core/store/table-def.ts'
import { chartTables } from '#modules/chart/main/tables.ts'
import { modules } from '#modules/main.ts'
import type { PatientId } from '#shared/ids.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'
import { scratchFolder } from '#testkit/scratch.ts'
import { bytesOf, differingPages, ownersOf, putBack } from '#testkit/pages.ts'

const wanted = process.env.OSLER_NIGHT === '1' ? 400 : 200
const synced = modules.flatMap((m) => m.tables).filter((t): t is SyncedTable => t.kind === 'synced')

/** Rows of the record and both chains; what this computer can make again (search, kept results) is not among them. */
const guarded = new Set([
  ...synced.map((t) => t.name as string),
  'sync_commit',
  'change_index',
  'audit_log',
  'audit_patient',
])

interface Filled {
  readonly patients: readonly PatientId[]
  readonly conditions: readonly string[]
}

/** Enough patients that their rows spread over several hundred pages. */
async function fill(clinic: TestClinic, patients: number): Promise<Filled> {
  const ids: PatientId[] = []
  const conditions: string[] = []
  for (let n = 0; n < patients; n++) {
    const { id } = await clinic.as('reception').patients.register({ name: `Patient ${n}`, gender: 'female' })
    ids.push(id)
    clinic.transact((ctx) => {
      for (let i = 0; i < 12; i++) {
        conditions.push(
          ctx.write.insert(chartTables.condition, {
            patient_id: id,
            code_display: `Condition ${i}`,
            clinical_status: 'active',
            note: 'first words '.repeat(120),
          }),
        )
      }
    })
  }
  return { patients: ids, conditions }
}

function changeAll(clinic: TestClinic, { conditions }: Filled): void {
  for (const id of conditions) {
    clinic.transact((ctx) =>
      ctx.write.update(chartTables.condition, id, 'any', {
        clinical_status: 'resolved',
        note: 'later words '.repeat(120),
      }),
    )
  }
}

test(`REL-04: ${wanted} pages put back older, one at a time, are all noticed by an opened chart or the sweep`, async () => {
  const clinic = await testClinic({ dir: scratchFolder() })
  const file = path.join(clinic.dir, 'clinic.db')
  try {
    const filled = await fill(clinic, Math.ceil(wanted / 11))
    clinic.checkpoint()
    const older = bytesOf(file)
    changeAll(clinic, filled)
    // Later saves of a day, so that pages of every kind have moved on.
    await fill(clinic, 4)
    await clinic.close()
    const newer = bytesOf(file)
    const owners = ownersOf(file, clinic.keys.database)
    const pages = differingPages(older, newer).filter((n) => guarded.has(owners.get(n) ?? ''))
    const truth = contentsOf(file, clinic.keys.database, new Set(owners.values()))
    const check = createRowCheck(synced)
    const notedBy = new Map<string, number>()
    const missed: string[] = []
    let tried = 0
    for (const n of pages) {
      if (tried === wanted) break
      putBack(file, newer, older, n)
      const verdict = verdictOn(file, clinic, check, filled.patients)
      const owner = owners.get(n) ?? ''
      // A page may have been written again with the same rows in it: putting that back changes nothing.
      if (
        verdict === null &&
        contentsOf(file, clinic.keys.database, new Set([owner])).get(owner) === truth.get(owner)
      )
        continue
      tried += 1
      if (verdict === null) missed.push(`${n} of ${owner}`)
      else notedBy.set(verdict, (notedBy.get(verdict) ?? 0) + 1)
    }
    expect(missed).toEqual([])
    expect(tried).toBe(wanted)
    expect(notedBy.get('chart')).toBeGreaterThan(20)
    expect(notedBy.get('sweep')).toBeGreaterThan(5)
  } finally {
    rmSync(clinic.dir, { recursive: true, force: true })
  }
})

function verdictOn(
  file: string,
  clinic: TestClinic,
  check: ReturnType<typeof createRowCheck>,
  patients: readonly string[],
): 'opening' | 'chart' | 'sweep' | null {
  const db = openConnection(file, clinic.keys.database, 'read')
  try {
    if (!schemaIsIntact(db)) return 'opening'
    const read = createReader(db)
    if (patients.some((id) => check.patientFault(read, id) !== null)) return 'chart'
    return sweepRows(db, clinic.keys, synced).faults > 0 ? 'sweep' : null
  } catch {
    return 'chart'
  } finally {
    db.close()
  }
}

/** Every row of each table as the table itself gives it, hashed. */
function contentsOf(file: string, key: Uint8Array, tables: ReadonlySet<string>): Map<string, string> {
  const db = openConnection(file, key, 'read')
  try {
    return new Map(
      [...tables].map((name) => {
        const rows = db.prepare(`select * from "${name}"`).raw().all()
        return [name, createHash('sha256').update(JSON.stringify(rows)).digest('hex')]
      }),
    )
  } finally {
    db.close()
  }
}

test('REL-04: a record that does not match its history is opened to nobody; a clean sweep opens it again', async () => {
  await using clinic = await testClinic()
  const { patients, conditions } = await fill(clinic, 2)
  const [doubtful, sound] = patients
  if (!doubtful || !sound) throw new Error('two patients')
  clinic.transact((ctx) =>
    ctx.write.update(chartTables.condition, conditions[0] ?? '', 'any', { clinical_status: 'resolved' }),
  )
  const doctor = clinic.as('doctor')
  expect((await doctor.chart.open({ patientId: doubtful })).problems.length).toBeGreaterThan(0)
  expect(await healthOf(clinic)).toMatchObject({ state: 'ok', value: 0 })

  // As an older page would have it: the former value and the former count of changes.
  const set = (status: string, rev: number) => {
    const db = clinic.raw()
    db.exec(`insert into sync_ctx (one, mode) values (1, 'erase')`)
    db.prepare('update condition set clinical_status = ?, rev = ? where id = ?').run(
      status,
      rev,
      conditions[0],
    )
    db.exec('delete from sync_ctx')
    db.close()
  }
  set('active', 1)
  await expect(doctor.chart.open({ patientId: doubtful })).rejects.toMatchObject({ code: 'RECORD_MISMATCH' })
  // From now on no other door to the record is open either.
  await expect(doctor.chart.timeline({ patientId: doubtful })).rejects.toMatchObject({
    code: 'RECORD_MISMATCH',
  })
  expect((await doctor.chart.open({ patientId: sound })).problems.length).toBeGreaterThan(0)
  expect(await healthOf(clinic)).toMatchObject({ state: 'danger', value: 1 })
  const refused = clinic.auditOf('chart.open').filter((e) => e.outcome === 'refused')
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatchObject({ code: 'RECORD_MISMATCH' })
  expect(refused[0]?.patient_alias).not.toBeNull()

  // The night finds it too, and keeps it over a restart.
  await nextSweep(clinic)
  expect(clinic.auditOf('integrity.sweep').at(-1)?.detail).toMatch(/faults=1$/)
  expect(clinic.clinic.verify()).toMatchObject({ ok: false, rows: { faults: 1 } })
  const again = await clinic.reopen()
  await expect(again.as('doctor').chart.timeline({ patientId: doubtful })).rejects.toMatchObject({
    code: 'RECORD_MISMATCH',
  })

  // Put right (a restored file, say), the next sweep trusts it again.
  set('resolved', 2)
  await nextSweep(again)
  expect(await healthOf(again)).toMatchObject({ state: 'ok', value: 0 })
  expect((await again.as('doctor').chart.open({ patientId: doubtful })).problems.length).toBeGreaterThan(0)
  await again.close()
})

async function healthOf(clinic: TestClinic) {
  const { checks } = await clinic.as('admin').clinic.health({})
  return checks.find((c) => c.name === 'row-sweep')
}

/** The first look of a new scheduler only notes when jobs are due. */
async function nextSweep(clinic: TestClinic): Promise<void> {
  await clinic.clinic.runDueJobs()
  clinic.tick(24 * 3_600_000)
  await clinic.clinic.runDueJobs()
}

test('REL-04: a grown clinic is swept on a thread of its own, beside people who save', async () => {
  await using clinic = await testClinic({ dir: scratchFolder() })
  const { patients } = await fill(clinic, 2)
  for (let i = 0; i < 1_000; i++) {
    clinic.transact((ctx) =>
      ctx.write.insert(chartTables.condition, { patient_id: patients[0] ?? '', code_display: 'x' }),
    )
  }
  const sweep = clinic.clinic.services.records.sweep(new AbortController().signal)
  await clinic.as('reception').patients.register({ name: 'Meanwhile', gender: 'female' })
  const result = await sweep
  expect(result).toMatchObject({ faults: 0, structure: [], chains: [] })
  expect(result.rows).toBeGreaterThan(1_000)
  expect(result.commits).toBeGreaterThan(1_000)

  const stop = new AbortController()
  const stopped = clinic.clinic.services.records.sweep(stop.signal)
  stop.abort()
  await expect(stopped).rejects.toThrow('stopped')
})
