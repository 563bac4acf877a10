// What other modules may ask of patients: making and amending them from a source, the banner, the care team.
import type * as z from 'zod'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Banner } from '#modules/chart/shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { RegisterPatient } from '../shared/contract.ts'
import { listNames, type Lists, mergeItems } from './children.ts'
import * as q from './queries.ts'
import { flagsOfPatient, patientOf } from './rows.ts'
import { identityToRow, type NewPatient, reindexPatient, sortNameOf } from './service.ts'
import {
  careTeamMember,
  patientAddress,
  patientContact,
  patientIdentifier,
  patient as patientTable,
  patientName,
  patientTelecom,
} from './tables.ts'

export { addCareTeam, isEverybodyRelated } from './care-team.ts'
export { patientOf } from './rows.ts'
export {
  addFlag,
  createPatient,
  type NewPatient,
  register as registerPatient,
  reindexPatient,
} from './service.ts'
export { patientTotal, search as searchPatients } from './search.ts'

/** Where the lists of a patient stand: undoing an import voids their items. */
export const careTeamTable = careTeamMember
export const patientListTables = {
  identifiers: patientIdentifier,
  telecoms: patientTelecom,
  addresses: patientAddress,
  contacts: patientContact,
  otherNames: patientName,
} as const

/** What a source says about a patient now. A field left out is not touched. */
export type PatientChanges = Partial<RegisterPatient>

/**
 * Brings a patient in step with a source: fields given replace, list items given are added or updated (by id, else by
 * what they say), nothing is taken away. The caller has already left out what people changed here. True when anything changed.
 */
export function updatePatientFromSource(ctx: CommandContext, id: string, changes: PatientChanges): boolean {
  const before = patientOf(ctx.read, id)
  if (!before) throw new AppError('NOT_FOUND')
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const next: NewPatient = { ...before, ...Object.fromEntries(given) }
  const from = identityToRow(before)
  const to = identityToRow(next)
  const moved = (Object.keys(to) as (keyof typeof to)[]).some((column) => from[column] !== to[column])
  let changed = moved
  for (const list of listNames) {
    const items: Lists[typeof list] | undefined = changes[list]
    if (items && mergeItems(ctx, id, list, items)) changed = true
  }
  if (!changed) return false
  ctx.write.update(patientTable, id, 'any', {
    ...to,
    name_sort: sortNameOf(next.name, next.family, next.given),
  })
  reindexPatient(ctx, id)
  return true
}

/** Undo of an import: hidden with a reason, found no more, history kept. */
export function voidPatient(ctx: CommandContext, id: string, reason: string): void {
  ctx.write.void(patientTable, id, 'any', reason)
  reindexPatient(ctx, id)
}

export function restorePatient(ctx: CommandContext, id: string): void {
  ctx.write.restore(patientTable, id, 'any')
  reindexPatient(ctx, id)
}

/** The name alone, for lists and papers that need no banner; `undefined` where there is no such patient. */
export const patientNameOf = (read: Reader, id: string): string | undefined =>
  read.get(q.nameRow, { id })?.name_text

/** What stands above every screen of a patient (B6); `undefined` where there is no such patient. */
export function bannerOf(read: Reader, id: string): z.infer<typeof Banner> | undefined {
  const row = read.get(q.bannerRow, { id })
  if (!row) return undefined
  return {
    patientId: row.id as z.infer<typeof Banner>['patientId'],
    rev: row.rev,
    name: row.name_text,
    birthDate: row.birth_date,
    birthDateEstimated: row.birth_date_estimated === 1,
    gender: row.gender as z.infer<typeof Banner>['gender'],
    recordNumber: row.record_number,
    language: row.language,
    deceased: row.deceased === 1,
    deceasedAt: row.deceased_at,
    active: row.active === 1,
    phone: row.phone,
    flags: flagsOfPatient(read, id),
  }
}
