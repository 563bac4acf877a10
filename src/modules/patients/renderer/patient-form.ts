// The values behind the patient form: empty, from a record, from what was typed into the search box.
// The way back to what the contract takes is patient-form-schema.ts; nothing here draws.
import { type DateProblem, parseDateInput } from '#shared/date-input.ts'
import { birthDateOfAge, isPossibleAge, parseAge } from '../shared/age-input.ts'
import { type genders, type PatientView, RegisterPatient } from '../shared/contract.ts'
import type { Amendable } from '../shared/merge.ts'
import { proposeNameParts } from '../shared/names.ts'

export interface IdentifierValues {
  id?: string
  system: string
  typeCode: string
  typeDisplay: string
  value: string
  assigner: string
}
export interface TelecomValues {
  id?: string
  system: Amendable['telecoms'][number]['system']
  use: string
  value: string
  rank: number | null
}
export interface AddressValues {
  id?: string
  use: string
  lines: string
  city: string
  district: string
  state: string
  postalCode: string
  country: string
}
export interface ContactValues {
  id?: string
  relationship: string
  name: string
  phone: string
  email: string
  patientId: string
}
export interface OtherNameValues {
  id?: string
  use: Amendable['otherNames'][number]['use']
  text: string
  family: string
  given: string
}

export interface PatientFormValues {
  name: string
  family: string
  given: string
  /** True once a person wrote the parts; until then they follow the name. */
  partsWritten: boolean
  prefix: string
  suffix: string
  birthText: string
  birthDateEstimated: boolean
  /** What the box showed at first for the date on record: untouched, the record's own precision stays. */
  birthShown: { text: string; date: string } | null
  gender: (typeof genders)[number]
  /** The first phone; it goes back to where it stood among the contact ways. */
  phone: string
  phoneRow: { id?: string; use: string; rank: number | null; at: number } | null
  deceased: boolean
  deceasedAt: string | null
  deceasedProblem: DateProblem | null
  active: boolean
  language: string
  maritalStatus: string
  identifiers: IdentifierValues[]
  telecoms: TelecomValues[]
  addresses: AddressValues[]
  contacts: ContactValues[]
  otherNames: OtherNameValues[]
}

/** How dates are read and written at this clinic. */
export interface DateOptions {
  readonly locale: string
  readonly today: string
  /** A date with digits, in the order in which it is read back. */
  readonly asTyped: (date: string) => string
}

export function emptyForm(
  typed: Partial<Pick<PatientFormValues, 'name' | 'phone' | 'birthText'>> = {},
): PatientFormValues {
  return {
    name: '',
    family: '',
    given: '',
    partsWritten: false,
    prefix: '',
    suffix: '',
    birthText: '',
    birthDateEstimated: false,
    birthShown: null,
    gender: 'unknown',
    phone: '',
    phoneRow: null,
    deceased: false,
    deceasedAt: null,
    deceasedProblem: null,
    active: true,
    language: '',
    maritalStatus: '',
    identifiers: [],
    telecoms: [],
    addresses: [],
    contacts: [],
    otherNames: [],
    ...typed,
  }
}

export const emptyRow = {
  identifiers: (): IdentifierValues => ({
    system: '',
    typeCode: 'NI',
    typeDisplay: '',
    value: '',
    assigner: '',
  }),
  telecoms: (): TelecomValues => ({ system: 'email', use: '', value: '', rank: null }),
  addresses: (): AddressValues => ({
    use: '',
    lines: '',
    city: '',
    district: '',
    state: '',
    postalCode: '',
    country: '',
  }),
  contacts: (): ContactValues => ({ relationship: '', name: '', phone: '', email: '', patientId: '' }),
  otherNames: (): OtherNameValues => ({ use: 'usual', text: '', family: '', given: '' }),
}
export type RowList = keyof typeof emptyRow
export const rowLists = Object.keys(emptyRow) as RowList[]

/** What people typed into the search box, put into the field it looks like. */
export function fieldsFromTyped(typed: string, options: DateOptions): ReturnType<typeof emptyForm> {
  const text = typed.trim()
  const digits = text.replace(/\P{Nd}/gu, '').length
  if (digits > 0 && parseDateInput(text, options).ok) return emptyForm({ birthText: text })
  if (digits >= 5 && /^[+\p{Nd}\s()./-]+$/u.test(text)) return emptyForm({ phone: text })
  return emptyForm({ name: text })
}

export type BirthResult =
  | { readonly ok: true; readonly date: string | null; readonly estimated: boolean }
  | { readonly ok: false; readonly problem: DateProblem | 'age' }

/** A birth date or an age, as typed. */
export function readBirth(
  values: Pick<PatientFormValues, 'birthText' | 'birthDateEstimated' | 'birthShown'>,
  options: DateOptions,
): BirthResult {
  const text = values.birthText.trim()
  const estimated = values.birthDateEstimated
  if (text === '') return { ok: true, date: null, estimated: false }
  if (text === values.birthShown?.text) return { ok: true, date: values.birthShown.date, estimated }
  const age = parseAge(text)
  if (age) {
    if (!isPossibleAge(age)) return { ok: false, problem: 'age' }
    return { ok: true, date: birthDateOfAge(age, options.today), estimated: true }
  }
  const result = parseDateInput(text, options)
  return result.ok ? { ok: true, date: result.date, estimated } : { ok: false, problem: result.problem }
}

export function formFromRecord(
  record: Amendable,
  { asTyped }: Pick<DateOptions, 'asTyped'>,
): PatientFormValues {
  const at = record.telecoms.findIndex((row) => row.system === 'phone')
  const phone = record.telecoms[at]
  const shown = record.birthDate ? { text: asTyped(record.birthDate), date: record.birthDate } : null
  return {
    name: record.name,
    family: record.family ?? '',
    given: record.given ?? '',
    partsWritten: !isProposal(record),
    prefix: record.prefix ?? '',
    suffix: record.suffix ?? '',
    birthText: shown?.text ?? '',
    birthDateEstimated: record.birthDateEstimated,
    birthShown: shown,
    gender: record.gender,
    phone: phone?.value ?? '',
    phoneRow: phone ? { ...idOf(phone), use: phone.use ?? '', rank: phone.rank, at } : null,
    deceased: record.deceased,
    deceasedAt: record.deceasedAt,
    deceasedProblem: null,
    active: record.active,
    language: record.language ?? '',
    maritalStatus: record.maritalStatus ?? '',
    identifiers: record.identifiers.map(blanks),
    telecoms: record.telecoms
      .filter((_, n) => n !== at)
      .map(({ rank, ...row }) => ({ ...blanks(row), rank })),
    addresses: record.addresses.map(blanks),
    contacts: record.contacts.map(blanks),
    otherNames: record.otherNames.map(blanks),
  }
}

/** Parts that are just what the name proposes go on following it when the name is amended. */
function isProposal({ name, family, given }: Amendable): boolean {
  const proposed = proposeNameParts(name)
  return proposed.family === family && proposed.given === given
}

/** The part of a record that can be amended. Lists the role does not see stay empty; the clinic keeps them as they are. */
export function amendableOf(patient: PatientView): Amendable | null {
  const {
    id: _id,
    rev: _rev,
    recordNumber: _n,
    flags: _f,
    allergyState: _a,
    registeredAt: _r,
    ...fields
  } = patient
  if (!fields.telecoms || fields.birthDate === undefined) return null
  const result = RegisterPatient.safeParse(fields)
  return result.success ? result.data : null
}

/** The lists a role is not shown and so cannot change. */
export const hiddenLists = (patient: PatientView): readonly RowList[] =>
  rowLists.filter((list) => patient[list] === undefined)

const idOf = (row: { id?: string | undefined }): { id?: string } => (row.id ? { id: row.id } : {})

function blanks<Row extends object>(row: Row): { [K in keyof Row]: NonNullable<Row[K]> } {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? ''])) as {
    [K in keyof Row]: NonNullable<Row[K]>
  }
}
