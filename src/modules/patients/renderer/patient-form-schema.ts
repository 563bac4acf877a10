// The schema behind the patient form: gives what `patients.register` takes, by the contract's own rules, or says as a
// code which field needs a look. Words for the codes are form-fields.tsx's part.
import * as z from 'zod'
import { RegisterPatient } from '../shared/contract.ts'
import type { Amendable } from '../shared/merge.ts'
import { proposeNameParts } from '../shared/names.ts'
import {
  type BirthResult,
  type DateOptions,
  type PatientFormValues,
  type RowList,
  readBirth,
  rowLists,
} from './patient-form.ts'

/** The form's schema: gives what `patients.register` takes, or issues at the form's own fields, as codes. */
export function patientFormSchema(options: DateOptions) {
  return z.custom<PatientFormValues>().transform((values, context): Amendable => {
    const issue = (path: PropertyKey[], code: string) =>
      context.issues.push({ code: 'custom', path, message: code, input: undefined })
    const birth = readBirth(values, options)
    if (!birth.ok) issue(['birthText'], birth.problem === 'age' ? 'age' : `date:${birth.problem}`)
    if (values.deceased && values.deceasedProblem) issue(['deceasedAt'], `date:${values.deceasedProblem}`)
    const kept = keptRows(values)
    const parsed = RegisterPatient.safeParse(inputFrom(values, birth, kept))
    for (const found of parsed.error?.issues ?? []) issue(formPath(found.path, kept), issueCode(found))
    // With issues pushed the value is never used.
    return (parsed.data ?? {}) as Amendable
  })
}

/** Stands for the phone's own box among the form positions of contact ways. */
const phoneBox = -1

/** For each list, the form positions of the rows that say anything, in the order in which they are saved. */
type Kept = Readonly<Record<RowList, readonly number[]>>

const isBlank: { [L in RowList]: (row: PatientFormValues[L][number]) => boolean } = {
  identifiers: (row) => !row.value.trim() && !row.assigner.trim(),
  telecoms: (row) => !row.value.trim(),
  // A country alone is what a new row begins with, not an address; one on record stays until it is taken out.
  addresses: (row) =>
    [row.lines, row.city, row.district, row.state, row.postalCode, row.id ? row.country : '']
      .join('')
      .trim() === '',
  contacts: (row) => [row.name, row.phone, row.email, row.patientId].join('').trim() === '',
  otherNames: (row) => !row.text.trim(),
}

function keptRows(values: PatientFormValues): Kept {
  const of = <L extends RowList>(list: L) =>
    values[list].flatMap((row, n) => ((isBlank[list] as (r: unknown) => boolean)(row) ? [] : [n]))
  const telecoms = of('telecoms')
  if (values.phone.trim()) telecoms.splice(values.phoneRow?.at ?? 0, 0, phoneBox)
  return {
    identifiers: of('identifiers'),
    telecoms,
    addresses: of('addresses'),
    contacts: of('contacts'),
    otherNames: of('otherNames'),
  }
}

function inputFrom(
  values: PatientFormValues,
  birth: BirthResult,
  kept: Kept,
): z.input<typeof RegisterPatient> {
  const parts = values.partsWritten ? values : proposeNameParts(values.name)
  const pick = <L extends RowList>(list: L) => kept[list].map((n) => values[list][n]) as PatientFormValues[L]
  return {
    name: values.name,
    family: nullable(parts.family),
    given: nullable(parts.given),
    prefix: nullable(values.prefix),
    suffix: nullable(values.suffix),
    birthDate: birth.ok ? birth.date : null,
    birthDateEstimated: birth.ok ? birth.estimated : false,
    gender: values.gender,
    deceased: values.deceased,
    deceasedAt: values.deceased ? values.deceasedAt : null,
    active: values.active,
    language: nullable(values.language),
    maritalStatus: nullable(values.maritalStatus),
    identifiers: pick('identifiers').map(nulls(['value'])),
    telecoms: telecomsFrom(values, kept.telecoms),
    addresses: pick('addresses').map(nulls([])),
    contacts: pick('contacts').map(nulls(['name'])),
    otherNames: pick('otherNames').map(nulls(['use', 'text'])),
  } as z.input<typeof RegisterPatient>
}

function telecomsFrom(values: PatientFormValues, order: readonly number[]): unknown[] {
  const { at: _at, use = '', rank = null, ...id } = values.phoneRow ?? {}
  const phone = { ...id, system: 'phone', use: nullable(use), value: values.phone, rank }
  return order.map((n) =>
    n === phoneBox ? phone : nulls(['system', 'value', 'rank'])(values.telecoms[n] ?? {}),
  )
}

/** Contract path to form path: rows back to where they stand in the form, the first phone to its own box. */
function formPath(path: readonly PropertyKey[], kept: Kept): PropertyKey[] {
  const [list, index, ...rest] = path
  if (list === 'birthDate') return ['birthText']
  if (!rowLists.includes(list as RowList) || typeof index !== 'number') return [...path]
  if (list === 'telecoms' && kept.telecoms[index] === phoneBox) return ['phone']
  return [list as string, kept[list as RowList][index] ?? index, ...rest]
}

function issueCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return issue.path.length > 1 ? 'rowRequired' : 'required'
  if (issue.code === 'too_big') return `${issue.origin === 'array' ? 'tooMany' : 'tooLong'}:${issue.maximum}`
  return 'invalid'
}

const nullable = (text: string | null): string | null => text?.trim() || null

/** Blank texts become null, but for the named fields, which must stand. */
function nulls<Row extends object>(required: readonly (keyof Row & string)[]) {
  return (row: Partial<Row>): unknown =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([key, value]) => key !== 'id' || Boolean(value))
        .map(([key, value]) => [
          key,
          typeof value === 'string' && key !== 'id' && !(required as readonly string[]).includes(key)
            ? nullable(value)
            : value,
        ]),
    )
}
