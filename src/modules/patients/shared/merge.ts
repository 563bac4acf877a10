// Two people amended one patient: what each changed, what can be joined without asking, where a person must choose.
import type { UpdatePatient } from './contract.ts'

export type Amendable = Omit<UpdatePatient, 'patientId' | 'rev'>
export type AmendableField = keyof Amendable

/** What belongs together is taken or kept together: a birth date without its "estimated" would be another fact. */
const groups = {
  name: ['name', 'family', 'given', 'prefix', 'suffix'],
  birthDate: ['birthDate', 'birthDateEstimated'],
  gender: ['gender'],
  deceased: ['deceased', 'deceasedAt'],
  active: ['active'],
  language: ['language'],
  maritalStatus: ['maritalStatus'],
  identifiers: ['identifiers'],
  telecoms: ['telecoms'],
  addresses: ['addresses'],
  contacts: ['contacts'],
  otherNames: ['otherNames'],
} as const satisfies Record<string, readonly AmendableField[]>

export type FieldGroup = keyof typeof groups
export const fieldGroups = Object.keys(groups) as FieldGroup[]

export interface Merge {
  /** Mine, with everything only they changed taken over. Where both changed, mine stands. */
  readonly merged: Amendable
  /** Changed by them alone. */
  readonly taken: readonly FieldGroup[]
  /** Changed by both, differently: a person chooses. */
  readonly clashes: readonly FieldGroup[]
}

/** Which groups differ between two versions. */
export function changedGroups(a: Amendable, b: Amendable): FieldGroup[] {
  return fieldGroups.filter((group) => !sameGroup(group, a, b))
}

export function mergeAmendments(base: Amendable, mine: Amendable, theirs: Amendable): Merge {
  const taken: FieldGroup[] = []
  const clashes: FieldGroup[] = []
  let merged = mine
  for (const group of changedGroups(base, theirs)) {
    if (sameGroup(group, mine, theirs)) {
      // The same change twice: theirs carries the row ids.
      merged = takeGroup(group, merged, theirs)
    } else if (sameGroup(group, base, mine)) {
      taken.push(group)
      merged = takeGroup(group, merged, theirs)
    } else {
      clashes.push(group)
    }
  }
  return { merged, taken, clashes }
}

/** `into` with one group as it stands in `from`. */
export function takeGroup(group: FieldGroup, into: Amendable, from: Amendable): Amendable {
  const part = Object.fromEntries(groups[group].map((field) => [field, from[field]]))
  return { ...into, ...part }
}

function sameGroup(group: FieldGroup, a: Amendable, b: Amendable): boolean {
  return groups[group].every((field) => comparable(a[field]) === comparable(b[field]))
}

/** Rows are compared by what they say; ids and the order of keys say nothing. */
function comparable(value: Amendable[AmendableField]): string {
  if (!Array.isArray(value)) return JSON.stringify(value)
  return JSON.stringify(
    value.map((row) =>
      Object.entries(row)
        .filter(([key]) => key !== 'id')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )
}
