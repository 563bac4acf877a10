// For tests of copies: a record out of one clinic and into another, and what of it did not arrive.
import { bundleText, gather, resourcesOf } from '#modules/privacy/main/api.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import type { Reader } from '#core/store/reader.ts'
import type { PatientId } from '#shared/ids.ts'
import { type TestClinic, testClinic } from './clinic.ts'
import { type GivenFile, importFiles } from './importing.ts'

type Row = Record<string, unknown>

export const patientIds = (clinic: TestClinic): PatientId[] =>
  clinic
    .read((r) =>
      r.list((db) => db.selectFrom('patient').select('id').where('voided_at', 'is', null).orderBy('id')),
    )
    .map((p) => p.id as PatientId)

const mapped = Object.values(chartTables)
  .filter((t) => t.ofPatient)
  .map((t) => t.name)
const lists = [
  'patient_name',
  'patient_telecom',
  'patient_address',
  'patient_contact',
  'patient_identifier',
] as const

/** Columns that are this clinic's own: ids, counters, and what the import derives from the file it came in. */
const own = new Set([
  'id',
  'rev',
  'ins_writer',
  'ins_seq',
  'voided_at',
  'void_reason',
  'patient_id',
  'user_id',
])

/** Rows of one patient, each as text, with references replaced by what they point to. */
function rowsOf(clinic: TestClinic, patientId: string, table: string): string[] {
  const db = clinic.raw()
  try {
    const titles = new Map<string, string>()
    for (const other of [...mapped, 'practitioner', 'organization']) {
      const where = other === 'practitioner' || other === 'organization' ? '' : ' where patient_id = ?'
      const rows = db.prepare(`select * from ${other}${where}`).all(...(where ? [patientId] : [])) as Row[]
      for (const row of rows)
        titles.set(
          String(row.id),
          `${other}:${JSON.stringify(row.code_display ?? row.title ?? row.name_text ?? row.name ?? row.period_start ?? '')}`,
        )
    }
    const known = (value: unknown): unknown => {
      if (typeof value !== 'string') return value
      if (titles.has(value)) return titles.get(value)
      if (!value.startsWith('["')) return value
      const items = JSON.parse(value) as string[]
      return JSON.stringify(items.map((item) => titles.get(item) ?? item))
    }
    const rows = db
      .prepare(`select * from ${table} where patient_id = ? and voided_at is null`)
      .all(patientId) as Row[]
    return rows
      .map((row) => {
        if (row.system === 'urn:osler:record-number') return ''
        const kept = Object.entries(row).filter(([column, value]) => !own.has(column) && value !== null)
        return JSON.stringify(
          kept
            .map(([column, value]) => [column, known(value)])
            .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
        )
      })
      .filter((text) => text !== '')
      .sort()
  } finally {
    db.close()
  }
}

function personOf(clinic: TestClinic, patientId: string): Row {
  const db = clinic.raw()
  const row = db.prepare('select * from patient where id = ?').get(patientId) as Row
  db.close()
  const without = ['id', 'rev', 'ins_writer', 'ins_seq', 'record_number', 'audit_alias', 'n']
  return Object.fromEntries(Object.entries(row).filter(([column]) => !without.includes(column)))
}

/** The bundle of a copy, without the document and the originals beside it. */
export async function bundleOfPatient(clinic: TestClinic, patientId: string): Promise<string> {
  const desk = {
    read: <T>(look: (read: Reader) => T): T => clinic.read(look),
    signal: new AbortController().signal,
  }
  const { patientTables } = clinic.clinic.services
  const gatherer = clinic.read((read) =>
    gather(read, patientTables, patientId, { kind: 'patient', consent: false }),
  )
  const { resources } = await resourcesOf(desk, gatherer, () => undefined)
  return bundleText(resources, new Date(clinic.now()).toISOString())
}

/** Through copies into an empty clinic; what is there and not here, or other, by table. */
export async function lostFields(files: readonly GivenFile[]): Promise<{ lost: string[]; rows: number }> {
  await using from = await testClinic()
  await importFiles(from, 'admin', files)
  await using to = await testClinic()
  const ids = patientIds(from)
  const copies: GivenFile[] = []
  for (const id of ids) copies.push([`${id}.json`, await bundleOfPatient(from, id)])
  await importFiles(to, 'admin', copies)
  const lost: string[] = []
  let rows = 0
  const raw = to.raw()
  const arrived = new Map(
    (
      raw
        .prepare(
          `select source_id, mapped_id from source_resource where resource_type = 'Patient' and voided_at is null`,
        )
        .all() as { source_id: string; mapped_id: string }[]
    ).map((row) => [row.source_id, row.mapped_id]),
  )
  raw.close()
  for (const patientId of ids) {
    const there = arrived.get(patientId)
    if (!there) {
      lost.push('the patient')
      continue
    }
    const [here, after] = [personOf(from, patientId), personOf(to, there)]
    if (JSON.stringify(here) !== JSON.stringify(after)) lost.push(`patient: ${JSON.stringify([here, after])}`)
    for (const table of [...mapped, ...lists]) {
      const wanted = rowsOf(from, patientId, table)
      const left = rowsOf(to, there, table)
      rows += wanted.length
      for (const row of wanted) {
        const at = left.indexOf(row)
        if (at >= 0) left.splice(at, 1)
        else lost.push(`${table}: ${row}\n among ${left.slice(0, 3).join('\n')}`)
      }
    }
  }
  return { lost, rows }
}
