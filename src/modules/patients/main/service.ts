// Registering and amending patients, and the flags on them. Writes keep the search row in step in the same transaction.
import { randomBytes } from 'node:crypto'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { nextNumber } from '#core/store/number-series.ts'
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import { patients, type Patient, type RegisterPatient, type UpdatePatient } from '../shared/contract.ts'
import { proposeNameParts } from '../shared/names.ts'
import { searchTermsOf, sortKeyOf } from '../shared/search-terms.ts'
import { addCareTeam } from './care-team.ts'
import { insertItems, listNames, type Lists, replaceItems } from './children.ts'
import * as q from './queries.ts'
import { type PatientFlag, patientOf, rowToFlag } from './rows.ts'
import { patient as patientTable, patientFlag } from './tables.ts'

type Identity = Omit<RegisterPatient, keyof Lists>

/** All that registering asks for; `id` only where a source's record is made anew under an id already given out. */
export type NewPatient = RegisterPatient & { readonly id?: string }

/** Makes the patient with number, alias and search row. The caller decides who may. */
export function createPatient(ctx: CommandContext, input: NewPatient): PatientId {
  const n = (ctx.read.get(q.lastNumber, {})?.n ?? 0) + 1
  const recordNumber = nextNumber(ctx, 'patient')
  const id = ctx.write.insert(patientTable, {
    ...(input.id === undefined ? {} : { id: input.id }),
    ...identityToRow(input),
    record_number: recordNumber,
    audit_alias: newAlias(),
    n,
    name_sort: sortNameOf(input.name, input.family, input.given),
  })
  insertItems(ctx, id, input)
  ctx.write.index('patient_search', n, termsOf({ ...input, recordNumber }))
  return id as PatientId
}

export function register(ctx: CommandContext, input: RegisterPatient): Patient {
  const id = createPatient(ctx, input)
  // Whoever registers a patient at the bedside goes on caring for them, also where the clinic is not one care team.
  if (ctx.actor.role === 'doctor' || ctx.actor.role === 'nurse')
    addCareTeam(ctx, id, [ctx.actor.userId], 'registered')
  return found(patientOf(ctx.read, id))
}

export function get({ read }: QueryContext, { patientId }: { patientId: string }): Patient {
  return found(patientOf(read, patientId))
}

/** A role that does not see a field cannot change it either: such a form could only send it back empty. */
export function update(ctx: CommandContext, input: UpdatePatient): Patient {
  const { patientId: id, rev } = input
  const before = found(patientOf(ctx.read, id))
  const visible = fieldsSeenBy(ctx)
  const sees = (field: string) => visible === undefined || visible.includes(field)
  const merged = {
    ...before,
    ...Object.fromEntries(Object.entries(input).filter(([field]) => sees(field))),
  } as Identity
  // The row's version stands for the whole record, its lists included: it goes up with every change.
  ctx.write.update(patientTable, id, rev, {
    ...identityToRow(merged),
    name_sort: sortNameOf(merged.name, merged.family, merged.given),
  })
  for (const list of listNames) if (sees(list)) replaceItems(ctx, id, list, input[list])
  reindexPatient(ctx, id)
  return found(patientOf(ctx.read, id))
}

function fieldsSeenBy(ctx: CommandContext): readonly string[] | undefined {
  if (ctx.scope !== 'f' && ctx.scope !== 'fr') return undefined
  const lists: { readonly [R in Role]?: readonly string[] } | undefined = patients.procedures.update.fields
  return lists?.[ctx.actor.role] ?? []
}

export function identityToRow(input: Identity) {
  return {
    name_text: input.name,
    family: input.family,
    given: input.given,
    prefix: input.prefix,
    suffix: input.suffix,
    birth_date: input.birthDate,
    birth_date_estimated: input.birthDateEstimated ? 1 : 0,
    gender: input.gender,
    deceased: input.deceased ? 1 : 0,
    deceased_at: input.deceasedAt,
    active: input.active ? 1 : 0,
    language: input.language,
    marital_status: input.maritalStatus,
  }
}

/** Brings the search row and the sort key in step with the data; a voided patient is found no more. */
export function reindexPatient(ctx: CommandContext, id: string): void {
  const row = ctx.read.get(q.patientRowById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  const patient = row.voided_at === null ? patientOf(ctx.read, id) : undefined
  ctx.write.index('patient_search', row.n, patient ? termsOf(patient) : null)
}

type Findable = Pick<RegisterPatient, 'name' | 'family' | 'given' | 'birthDate' | keyof Lists> & {
  recordNumber: string
}

function termsOf(patient: Findable): string {
  const reach = (systems: readonly string[]) =>
    patient.telecoms.filter((telecom) => systems.includes(telecom.system)).map((telecom) => telecom.value)
  return searchTermsOf({
    names: [
      patient.name,
      `${patient.family ?? ''} ${patient.given ?? ''}`,
      ...patient.otherNames.flatMap((name) => [name.text, `${name.family ?? ''} ${name.given ?? ''}`]),
    ],
    birthDate: patient.birthDate,
    // Children are asked for under a parent's number.
    phones: [
      ...reach(['phone', 'sms', 'fax', 'pager', 'other']),
      ...patient.contacts.flatMap((c) => c.phone ?? []),
    ],
    emails: reach(['email']),
    identifiers: [patient.recordNumber, ...patient.identifiers.map((identifier) => identifier.value)],
  })
}

export function sortNameOf(name: string, family: string | null, given: string | null): string {
  const parts = family === null && given === null ? proposeNameParts(name) : { family, given }
  return sortKeyOf(name, parts.family, parts.given)
}

/** The name under which the audit log knows a patient: random, so that it says nothing once the row is gone. */
function newAlias(): string {
  return base32(randomBytes(16))
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += alphabet[(value >> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}

export function addFlag(
  ctx: CommandContext,
  input: { patientId: string; kind: PatientFlag['kind']; text: string },
): PatientFlag {
  found(ctx.read.get(q.patientById, { id: input.patientId }))
  const id = ctx.write.insert(patientFlag, {
    patient_id: input.patientId,
    kind: input.kind,
    text: input.text,
    created_at: ctx.now,
    created_by: ctx.actor.userId,
  })
  return rowToFlag(flagOf(ctx.read, input.patientId, id))
}

export function removeFlag(
  ctx: CommandContext,
  input: { patientId: string; id: string; rev: number; reason: string },
) {
  flagOf(ctx.read, input.patientId, input.id)
  ctx.write.void(patientFlag, input.id, input.rev, input.reason)
  return { id: input.id }
}

export function restoreFlag(ctx: CommandContext, input: { patientId: string; id: string }): PatientFlag {
  // Undo pressed twice, or by two people: the flag is back, and that is all anybody asked for.
  if (flagOf(ctx.read, input.patientId, input.id).voided_at !== null)
    ctx.write.restore(patientFlag, input.id, 'any')
  return rowToFlag(flagOf(ctx.read, input.patientId, input.id))
}

function flagOf(read: Reader, patientId: string, id: string) {
  const row = read.get(q.flagById, { id })
  if (!row || row.patient_id !== patientId) throw new AppError('NOT_FOUND')
  return row
}

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new AppError('NOT_FOUND')
  return value
}
