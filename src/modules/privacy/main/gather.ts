// One patient's rows gathered for a copy of the record: what goes out, as FHIR, and what is withheld and why.
import { inflateRawSync } from 'node:zlib'
import type { Reader } from '#core/store/reader.ts'
import type { SyncedTable } from '#core/store/table-def.ts'
import { visibilityOf } from '#modules/access/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { clinicalMappers } from './fhir/clinical.ts'
import type { Json, Resource, Row } from './fhir/elements.ts'
import { appointmentResource, basicResource, compositionResource } from './fhir/other.ts'
import { organizationResource, type PatientParts, practitionerResource } from './fhir/people.ts'
import { mayUse } from './restrictions.ts'

/** Why something stays out of a copy; its words stand in the copy. */
export type WithheldWhy = 'psychotherapy' | 'sensitive' | 'restricted' | 'about-staff'
export interface Withheld {
  readonly table: string
  readonly count: number
  readonly why: WithheldWhy
}

export interface Original {
  readonly id: string
  readonly type: string
  readonly at: string | null
  /** Whether it became a row, which then stands in the record by itself. */
  readonly isMapped: boolean
}

export interface Recipient {
  readonly kind: 'patient' | 'other'
  readonly consent: boolean
}

/** Supervision of the people who work here; the patient learns of accesses by the access report. */
const aboutStaff = new Set(['notice', 'review_item', 'import_review', 'sensitivity_reader'])
const identityLists = new Set([
  'patient_name',
  'patient_identifier',
  'patient_telecom',
  'patient_address',
  'patient_contact',
])
/** Marks of the items they are about, and the originals, which travel as files. */
const elsewhere = new Set(['source_resource', 'sensitivity_label', ...identityLists])

const rowsOf = (read: Reader, table: string, patientId: string): Row[] =>
  read.list((db) =>
    db
      .selectFrom(table as 'condition')
      .selectAll()
      .where('patient_id', '=', patientId)
      .where('voided_at', 'is', null)
      .orderBy('id'),
  ) as unknown as Row[]

export interface Gatherer {
  readonly tables: readonly string[]
  readonly patient: Row
  readonly total: number
  /** Resources of one table; call once each. */
  take(
    read: Reader,
    table: string,
  ): { readonly rows: readonly Row[]; readonly resources: readonly Resource[] }
  people(read: Reader): Resource[]
  readonly withheld: () => Withheld[]
  readonly originals: (read: Reader) => Original[]
  readonly hasSubstanceUse: boolean
  readonly person: (read: Reader) => PatientParts
  /** The marks of a row that goes out: its own, its visit's and the patient's. */
  readonly flagsOf: (table: string, row: Row) => readonly string[]
}

export function gather(
  read: Reader,
  tables: readonly SyncedTable[],
  patientId: string,
  recipient: Recipient,
): Gatherer {
  const patient = read.list((db) => db.selectFrom('patient').selectAll().where('id', '=', patientId))[0] as
    | (Row & { voided_at: string | null })
    | undefined
  if (!patient || patient.voided_at !== null) throw new AppError('NOT_FOUND')
  const subject: Json = { reference: `Patient/${patientId}` }
  const decide = judge(read, patientId, recipient)
  const counts = new Map<string, { table: string; why: WithheldWhy; count: number }>()
  const practitioners = new Set<string>()
  const organizations = new Set<string>()
  const names = tables.map((t) => t.name).filter((name) => !elsewhere.has(name))
  const countOf = (table: string) =>
    Number(
      read.list((db) =>
        db
          .selectFrom(table as 'condition')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('patient_id', '=', patientId),
      )[0]?.n ?? 0,
    )
  const hold = (table: string, why: WithheldWhy) => {
    const key = `${table}:${why}`
    const known = counts.get(key)
    if (known) known.count += 1
    else counts.set(key, { table, why, count: 1 })
  }
  return {
    tables: names,
    patient,
    total: names.reduce((sum, name) => sum + countOf(name), countOf('source_resource')),
    hasSubstanceUse: decide.flags.has('substance-use'),
    take(now, table) {
      const out: Resource[] = []
      const kept: Row[] = []
      for (const row of rowsOf(now, table, patientId)) {
        const why = aboutStaff.has(table) ? 'about-staff' : decide.why(table, row)
        if (why !== null) {
          hold(table, why)
          continue
        }
        kept.push(row)
        note(practitioners, row.practitioner_id, row.requester_id)
        note(organizations, row.organization_id)
        out.push(withSecurity(resourceOf(table, row, subject), decide.flagsOf(table, row)))
      }
      return { rows: kept, resources: out }
    },
    people(now) {
      const known = (table: 'practitioner' | 'organization', ids: ReadonlySet<string>) =>
        ids.size === 0
          ? []
          : (now.list((db) =>
              db
                .selectFrom(table)
                .selectAll()
                .where('id', 'in', [...ids]),
            ) as unknown as Row[])
      return [
        ...known('practitioner', practitioners).map(practitionerResource),
        ...known('organization', organizations).map(organizationResource),
      ]
    },
    flagsOf: decide.flagsOf,
    person: (now) => {
      const list = (table: string) => rowsOf(now, table, patientId)
      return {
        patient,
        names: list('patient_name'),
        identifiers: list('patient_identifier'),
        telecoms: list('patient_telecom'),
        addresses: list('patient_address'),
        contacts: list('patient_contact'),
      }
    },
    withheld: () => [...counts.values()],
    originals: (now) => {
      const rows = now.list((db) =>
        db
          .selectFrom('source_resource')
          .select(['id', 'resource_type', 'mapped_table', 'mapped_id', 'clinical_at'])
          .where('patient_id', '=', patientId)
          .where('voided_at', 'is', null)
          .orderBy('id'),
      )
      return rows.flatMap((row) => {
        const table = row.mapped_table ?? 'source_resource'
        const why = decide.why(table, { id: row.mapped_id ?? row.id })
        if (why === null)
          return [
            {
              id: row.id,
              type: row.resource_type,
              at: row.clinical_at,
              isMapped: row.mapped_id !== null,
            },
          ]
        hold('source_resource', why)
        return []
      })
    },
  }
}

export const originalBytes = (read: Reader, id: string): Uint8Array => {
  const [row] = read.list((db) => db.selectFrom('source_resource').select('content').where('id', '=', id))
  if (!row) throw new AppError('NOT_FOUND')
  return inflateRawSync(row.content, { maxOutputLength: 64 * 2 ** 20 })
}

const note = (into: Set<string>, ...values: unknown[]) => {
  for (const value of values) if (typeof value === 'string' && value !== '') into.add(value)
}

function resourceOf(table: string, row: Row, subject: Json): Resource {
  const id = String(row.id)
  const mapper = clinicalMappers[table]
  if (mapper) return mapper(row, id, subject)
  if (table === 'composition') return compositionResource(row, id, subject)
  if (table === 'appointment') return appointmentResource(row, id, subject)
  return basicResource(table, row, id, subject)
}

const securityOf: Readonly<Record<string, string>> = {
  'mental-health': 'MH',
  psychotherapy: 'PSYTHPN',
  'substance-use': 'ETH',
  'hiv-sti': 'HIV',
  reproductive: 'SEX',
  genetic: 'GDIS',
  violence: 'SDV',
  vip: 'CEL',
}

function withSecurity(resource: Resource, flags: readonly string[]): Resource {
  if (flags.length === 0) return resource
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
  return {
    ...resource,
    meta: { security: flags.map((flag) => ({ system, code: securityOf[flag] ?? 'PSY', display: flag })) },
  }
}

/** Patients get their own, psychotherapy notes excepted; others get what is neither marked nor locked. */
function judge(read: Reader, patientId: string, recipient: Recipient) {
  const labels = read.list((db) =>
    db
      .selectFrom('sensitivity_label')
      .select(['target_table', 'target_id', 'flag'])
      .where('patient_id', '=', patientId)
      .where('voided_at', 'is', null),
  )
  const byTarget = new Map<string, string[]>()
  for (const { target_table: table, target_id: id, flag } of labels)
    byTarget.set(`${table}:${id}`, [...(byTarget.get(`${table}:${id}`) ?? []), flag])
  const seen = visibilityOf(read, null, patientId)
  const flagsOf = (table: string, row: Row): string[] => [
    ...(byTarget.get(`patient:${patientId}`) ?? []),
    ...(byTarget.get(`${table}:${String(row.id)}`) ?? []),
    ...(typeof row.encounter_id === 'string' ? (byTarget.get(`encounter:${row.encounter_id}`) ?? []) : []),
  ]
  const purpose = recipient.consent || recipient.kind === 'patient' ? 'consent' : 'export'
  const why = (table: string, row: Row): WithheldWhy | null => {
    const id = String(row.id)
    const encounterId = typeof row.encounter_id === 'string' ? row.encounter_id : null
    if (recipient.kind === 'patient')
      return flagsOf(table, row).includes('psychotherapy') ? 'psychotherapy' : null
    if (seen.hides(table, id, encounterId)) return 'sensitive'
    return mayUse(read, patientId, purpose, { table, id, encounterId }) ? null : 'restricted'
  }
  return { why, flagsOf, flags: new Set(labels.map((label) => label.flag)) }
}
