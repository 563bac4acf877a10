// Bench clinics of N invented patients, 60 rows each, kept in .cache/bench so that a second run starts at once.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openConnection } from '#core/db/connection.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import {
  allergyIntolerance,
  condition,
  diagnosticReport,
  encounter,
  immunization,
  medicationRequest,
  observation,
  procedure,
} from '#modules/chart/main/tables.ts'
import { createPatient } from '#modules/patients/main/api.ts'
import { RegisterPatient } from '#modules/patients/shared/contract.ts'
import { migrations } from '#migrations/index.ts'
import { packKeys, unpackKeys } from '#testkit/core-only.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const rowsPerPatient = 60

const given = [
  'Ana',
  'Maria',
  'João',
  'Peter',
  'Ludmila',
  'Kofi',
  'Yusuf',
  'Mei',
  'Sofía',
  'Jean',
  'Olga',
  'Tomasz',
  'Aisha',
  'Ravi',
  'Elif',
  'Noah',
  'Greta',
  'Hana',
  'Omar',
  'Zoë',
]
const starts = [
  'Gon',
  'Mül',
  'Pet',
  'Sil',
  'Had',
  'Nov',
  'And',
  'Ros',
  'Kov',
  'Lin',
  'Oka',
  'Ber',
  'Del',
  'Fer',
  'Wal',
  'Sch',
  'Tan',
  'Ivan',
  'Mar',
  'Car',
]
const middles = ['a', 'e', 'i', 'o', 'u', 'ar', 'en', 'il', 'or', 'an', 'es', 'ov', 'at', 'ert', 'and']
const ends = [
  'ez',
  'er',
  'sen',
  'va',
  'dad',
  'ak',
  'sson',
  'si',
  'ski',
  'dqvist',
  'mura',
  'ger',
  'gado',
  'reira',
  'ters',
]

/** A stamp over the schema: a changed migration makes the clinic anew. */
function stamp(): string {
  const hash = createHash('sha256')
  for (const m of migrations) for (const s of m.up) hash.update(JSON.stringify(s.toOperationNode()))
  return hash.digest('hex').slice(0, 12)
}

export async function clinicOf(patients: number): Promise<TestClinic> {
  const home = path.join(root, '.cache/bench', `${patients}-${stamp()}`)
  const done = path.join(home, 'done.json')
  if (existsSync(done)) {
    const { keys } = JSON.parse(readFileSync(done, 'utf8')) as { keys: string }
    dropBenchTables(home, unpackKeys(keys))
    return testClinic({ reopen: { dir: home, keys: unpackKeys(keys) }, startAt: Date.now() })
  }
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const clinic = await testClinic({ dir: home, startAt: Date.now() })
  const random = seededRandom(patients)
  const perTransaction = 50
  for (let i = 0; i < patients; i += perTransaction) {
    clinic.transact((ctx) => {
      for (let k = i; k < Math.min(patients, i + perTransaction); k++) addPatient(ctx, random, k)
    })
    if (i % 5_000 === 0) process.stderr.write(`  ${patients}: ${i} patients made\n`)
    // Without a pause the idle checkpoint never comes, and the WAL would grow to the size of the clinic.
    if (i % 2_000 === 0) clinic.checkpoint()
  }
  const { keys } = clinic
  await clinic.close()
  writeFileSync(done, JSON.stringify({ keys: packKeys(keys) }))
  return testClinic({ reopen: { dir: home, keys }, startAt: Date.now() })
}

/** What an aborted run left behind would count as a changed schema. */
function dropBenchTables(dir: string, keys: ClinicKeys): void {
  const db = openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
  for (const table of ['audit', 'note', 'day', 'billing', 'billed'])
    db.exec(`drop table if exists bench_${table}`)
  db.close()
}

export function patientName(random: () => number): { given: string; family: string } {
  const pick = (list: readonly string[], skew = 1) => list[Math.floor(random() ** skew * list.length)] ?? ''
  return { given: pick(given, 1.5), family: pick(starts, 1.3) + pick(middles) + pick(ends) }
}

export function addPatient(ctx: CommandContext, random: () => number, k: number): string {
  const name = patientName(random)
  const year = 1935 + Math.floor(random() * 85)
  const patient_id = createPatient(
    ctx,
    RegisterPatient.parse({
      name: `${name.given} ${name.family}`,
      family: name.family,
      given: name.given,
      gender: random() < 0.5 ? 'female' : 'male',
      birthDate: `${year}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      telecoms: [{ system: 'phone', use: 'mobile', value: `+49 170 ${String(1_000_000 + k)}`, rank: 1 }],
      identifiers: [
        {
          system: 'urn:insurance',
          typeCode: null,
          typeDisplay: null,
          value: `A${String(100_000_000 + k)}`,
          assigner: null,
        },
      ],
    }),
  )
  const at = (n: number) => ctx.nowMs - Math.floor((1 + n * 31 + random() * 20) * 86_400_000)
  const text = (ms: number) => new Date(ms).toISOString()
  for (let n = 0; n < 10; n++) {
    const ms = at(n)
    const encounter_id = ctx.write.insert(
      encounter,
      {
        patient_id,
        status: 'finished',
        class_code: 'AMB',
        type_display: 'Follow-up',
        reason_display: 'Blood pressure',
        period_start: text(ms),
        period_end: text(ms + 1_200_000),
        practitioner_display: 'Dr. Keller',
      },
      ms,
    )
    const vital = (code: string, code_display: string, value: number, unit: string) =>
      ctx.write.insert(
        observation,
        {
          patient_id,
          status: 'final',
          category: 'vital-signs',
          code_system: 'http://loinc.org',
          code,
          code_display,
          effective_at: text(ms),
          value_kind: 'quantity',
          value_number: value,
          value_text: String(value),
          value_unit: unit,
          value_ucum: unit,
          encounter_id,
        },
        ms,
      )
    vital('8867-4', 'Heart rate', 60 + Math.floor(random() * 40), '/min')
    vital('29463-7', 'Body weight', 55 + Math.floor(random() * 50), 'kg')
    ctx.write.insert(
      observation,
      {
        patient_id,
        status: 'final',
        category: 'vital-signs',
        code_system: 'http://loinc.org',
        code: '85354-9',
        code_display: 'Blood pressure',
        effective_at: text(ms),
        components: JSON.stringify([
          {
            code_system: 'http://loinc.org',
            code: '8480-6',
            code_display: 'Systolic',
            value_kind: 'quantity',
            value_number: 132,
            value_text: '132',
            value_unit: 'mmHg',
            value_ucum: 'mm[Hg]',
          },
          {
            code_system: 'http://loinc.org',
            code: '8462-4',
            code_display: 'Diastolic',
            value_kind: 'quantity',
            value_number: 84,
            value_text: '84',
            value_unit: 'mmHg',
            value_ucum: 'mm[Hg]',
          },
        ]),
        encounter_id,
      },
      ms,
    )
  }
  for (let n = 0; n < 4; n++) {
    const ms = at(n * 3)
    ctx.write.insert(
      condition,
      {
        patient_id,
        code_system: 'http://hl7.org/fhir/sid/icd-10-cm',
        code: 'I10',
        code_display: 'Essential hypertension',
        clinical_status: n < 3 ? 'active' : 'resolved',
        verification_status: 'confirmed',
        onset: text(ms).slice(0, 10),
        recorded_date: text(ms).slice(0, 10),
      },
      ms,
    )
    ctx.write.insert(
      medicationRequest,
      {
        patient_id,
        status: n < 3 ? 'active' : 'stopped',
        intent: 'order',
        medication_display: 'Ramipril 5 mg',
        dosage_text: '1 each morning',
        authored_on: text(ms).slice(0, 10),
      },
      ms,
    )
  }
  for (let n = 0; n < 2; n++) {
    const ms = at(n * 5)
    ctx.write.insert(
      allergyIntolerance,
      {
        patient_id,
        code_display: n ? 'Latex' : 'Penicillin',
        clinical_status: 'active',
        verification_status: 'confirmed',
        criticality: 'high',
        recorded_date: text(ms).slice(0, 10),
      },
      ms,
    )
    ctx.write.insert(
      immunization,
      { patient_id, status: 'completed', vaccine_display: 'Influenza', occurrence: text(ms).slice(0, 10) },
      ms,
    )
    ctx.write.insert(
      diagnosticReport,
      { patient_id, status: 'final', category: 'LAB', code_display: 'Lipid panel', effective_at: text(ms) },
      ms,
    )
  }
  ctx.write.insert(
    procedure,
    { patient_id, status: 'completed', code_display: 'Electrocardiogram', performed_start: text(at(2)) },
    at(2),
  )
  return patient_id
}
