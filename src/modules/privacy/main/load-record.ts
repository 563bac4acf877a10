// Everything the files of a copy are made of, read once: table by table, so that nobody waits for a long record.
import { randomUUID } from 'node:crypto'
import type { QueryContext } from '#core/rpc/context.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { letterheadOf } from '#modules/papers/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { PatientId } from '#shared/ids.ts'
import { appVersion } from '#shared/version.ts'
import type { Amendment } from '../shared/contract.ts'
import type { ExportState } from '../shared/export.ts'
import { amendmentsOf } from './amendments.ts'
import { pause } from './box.ts'
import type { RecordAsCcda } from './ccda/document.ts'
import type { ClinicHead } from './ccda/header.ts'
import type { Resource, Row } from './fhir/elements.ts'
import { type PatientParts, patientResource } from './fhir/people.ts'
import { gather, type Gatherer, type Original, type Recipient, type Withheld } from './gather.ts'
import { marks } from './restrictions.ts'

export type Tell = (change: Partial<ExportState>) => void

export interface LoadedRecord {
  readonly now: string
  readonly total: number
  readonly clinicId: string
  readonly clinicName: string
  readonly head: ClinicHead
  readonly country: string
  readonly timeZone: string
  readonly patient: Row
  readonly person: PatientParts
  readonly resources: readonly Resource[]
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly flagsOf: Gatherer['flagsOf']
  readonly originals: readonly Original[]
  readonly amendments: readonly Amendment[]
  readonly withheld: readonly Withheld[]
  readonly isRestricted: boolean
  readonly hasSubstanceUse: boolean
}

export async function loadRecord(
  services: Pick<Services, 'patientTables'>,
  desk: Pick<JobContext, 'read' | 'signal' | 'now'>,
  patientId: PatientId,
  recipient: Recipient,
  tell: Tell,
): Promise<LoadedRecord> {
  const gatherer = desk.read((read) => gather(read, services.patientTables, patientId, recipient))
  const { resources, rows, person } = await resourcesOf(desk, gatherer, tell)
  const originals = desk.read((read) => gatherer.originals(read))
  const facts = desk.read((read) => ({
    clinic: clinicOf(read),
    head: letterheadOf(read),
    amendments: amendmentsOf(read, patientId),
    isRestricted: isLocked(read, patientId),
  }))
  const { id, name, country, timeZone } = facts.clinic
  const { nameLines, address, phone, email } = facts.head
  const clinicName = nameLines[0] ?? name
  return {
    now: new Date(desk.now()).toISOString(),
    total: gatherer.total,
    clinicId: id,
    clinicName,
    head: { id, name: clinicName, address, phone, email },
    country,
    timeZone,
    patient: gatherer.patient,
    person,
    resources,
    rows,
    flagsOf: gatherer.flagsOf,
    originals,
    // What the amended item would tell is withheld with it.
    amendments: facts.amendments.filter((a) =>
      (rows.get(a.targetTable) ?? []).some((row) => row.id === a.targetId),
    ),
    withheld: gatherer.withheld(),
    isRestricted: facts.isRestricted,
    hasSubstanceUse: gatherer.hasSubstanceUse,
  }
}

export const asCcda = (
  record: LoadedRecord,
  asked: { readonly language: 'en' | 'ar'; readonly recipient: string },
): RecordAsCcda => ({
  ...record,
  language: asked.language,
  recipient: asked.recipient,
  clinic: record.head,
  documentId: randomUUID(),
  version: appVersion,
})

/** Everything of the record that is a row, table by table, in a read of its own each. */
export async function resourcesOf(
  desk: Pick<JobContext, 'read' | 'signal'>,
  gatherer: Gatherer,
  tell: Tell,
): Promise<{ resources: Resource[]; rows: Map<string, readonly Row[]>; person: PatientParts }> {
  const person = desk.read((read) => gatherer.person(read))
  const resources: Resource[] = [patientResource(person)]
  const rows = new Map<string, readonly Row[]>()
  for (const table of gatherer.tables) {
    await breathe(desk)
    const taken = desk.read((read) => gatherer.take(read, table))
    resources.push(...taken.resources)
    rows.set(table, taken.rows)
    tell({ done: resources.length })
  }
  resources.push(...desk.read((read) => gatherer.people(read)))
  return { resources, rows, person }
}

function isLocked(read: QueryContext['read'], patientId: string): boolean {
  const found = marks({ read } as QueryContext, { patientId: patientId as PatientId })
  return found.isRestricted || found.items.length > 0 || found.selfPay.length > 0
}

export async function breathe(desk: Pick<JobContext, 'signal'>): Promise<void> {
  await pause()
  if (desk.signal.aborted) throw new AppError('UNAVAILABLE')
}
