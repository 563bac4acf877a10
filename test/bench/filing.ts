// How fast whole patients are filed, beside plain inserts of as many rows into the same tables without capture or audit.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { openConnection } from '#core/db/connection.ts'
import { testClinic } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'
import { addPatient } from './clinic-of.ts'
import { quantile } from './measure.ts'

const patientsPerRun = 100

export async function filing(
  rowsPerPatient: number,
  runs: number,
): Promise<{ rowsPerSecond: number; share: number }> {
  const clinic = await testClinic({ startAt: Date.now() })
  const random = seededRandom(7)
  const shares: number[] = []
  const rates: number[] = []
  const file = path.join(clinic.dir, 'by-hand.db')
  const db = openConnection(file, clinic.keys.database, 'write')
  db.exec(
    String(clinic.raw().prepare(`select sql from sqlite_master where name = 'observation'`).pluck().get()),
  )
  const columns = db.prepare('select name from pragma_table_info(?)').pluck().all('observation') as string[]
  const insert = db.prepare(
    `insert into observation (${columns.join()}) values (${columns.map(() => '?').join()})`,
  )
  const template = filledRow(clinic)
  for (let run = -1; run < runs; run++) {
    const started = performance.now()
    for (let i = 0; i < patientsPerRun; i++)
      clinic.transact((ctx) => addPatient(ctx, random, run * 1_000 + i))
    const ours = performance.now() - started
    const before = performance.now()
    for (let i = 0; i < patientsPerRun; i++) {
      db.exec('begin immediate')
      const patient = crypto.randomUUID()
      for (let k = 0; k < rowsPerPatient; k++) {
        insert.run(
          ...columns.map((c) =>
            c === 'id' ? crypto.randomUUID() : c === 'patient_id' ? patient : template[c],
          ),
        )
      }
      db.exec('commit')
    }
    const byHand = performance.now() - before
    if (run < 0) continue
    shares.push(byHand / ours)
    rates.push((patientsPerRun * rowsPerPatient) / (ours / 1000))
  }
  db.close()
  await clinic.close()
  rmSync(clinic.dir, { recursive: true })
  return { rowsPerSecond: Math.round(quantile(rates, 0.5)), share: quantile(shares, 0.5) }
}

function filledRow(clinic: Awaited<ReturnType<typeof testClinic>>): Record<string, unknown> {
  clinic.transact((ctx) => addPatient(ctx, seededRandom(1), 1))
  const db = clinic.raw()
  const row = db.prepare('select * from observation where components is null limit 1').get() as Record<
    string,
    unknown
  >
  db.close()
  return row
}
