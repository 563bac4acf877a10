// Three versions of a patient, as the source said it, as it says it now, and as it stands here: what may be taken over
// without losing what people wrote. Pure.
import type { PatientChanges } from '#modules/patients/main/api.ts'
import type { Patient, RegisterPatient } from '#modules/patients/shared/contract.ts'
import { foldText } from '#modules/patients/shared/fold.ts'

type Identity = Omit<RegisterPatient, ListName>
export type ListName = 'identifiers' | 'telecoms' | 'addresses' | 'contacts' | 'otherNames'
export const listNames = ['identifiers', 'telecoms', 'addresses', 'contacts', 'otherNames'] as const

/** Fields that are one statement each, as in the table (SYNC 2.6), with their columns. */
const groups = {
  name: { name: 'name_text', family: 'family', given: 'given', prefix: 'prefix', suffix: 'suffix' },
  birth: { birthDate: 'birth_date', birthDateEstimated: 'birth_date_estimated' },
  gender: { gender: 'gender' },
  death: { deceased: 'deceased', deceasedAt: 'deceased_at' },
  state: { active: 'active' },
  language: { language: 'language' },
  marital: { maritalStatus: 'marital_status' },
} as const satisfies Record<string, { readonly [F in keyof Identity]?: string }>

export const identityFields = Object.values(groups).flatMap((g) => Object.keys(g)) as (keyof Identity)[]

export interface Merged {
  readonly changes: PatientChanges
  /** Columns whose value here was kept although the source says something new. */
  readonly contested: readonly string[]
}

export function mergePatient(was: RegisterPatient, says: RegisterPatient, stands: Patient): Merged {
  const changes: Record<string, unknown> = {}
  const contested: string[] = []
  for (const group of Object.values(groups)) {
    const fields = Object.keys(group) as (keyof Identity)[]
    const same = (a: Identity, b: Identity) => fields.every((f) => a[f] === b[f])
    if (same(was, says) || same(stands, says)) continue
    if (same(was, stands)) for (const f of fields) changes[f] = says[f]
    else contested.push(...Object.values(group))
  }
  for (const list of listNames) {
    const items = mergedItems(was[list], says[list], stands[list])
    if (items.length > 0) changes[list] = items
  }
  return { changes: changes as PatientChanges, contested }
}

type Item = { readonly id?: string | undefined }

/**
 * Items the source says for the first time. Where one of its former items is gone and still stands here as it was,
 * the new one takes its place: a changed phone number, not a second one. Nothing is taken away.
 */
function mergedItems(was: readonly Item[], says: readonly Item[], stands: readonly Item[]): Item[] {
  const fresh = says.filter((i) => !was.some((w) => isSame(w, i)) && !stands.some((s) => isSame(s, i)))
  const dropped = was.filter((w) => !says.some((i) => isSame(w, i)))
  return fresh.map((item) => {
    const at = dropped.findIndex((d) => isAlike(d, item))
    const [gone] = at < 0 ? [] : dropped.splice(at, 1)
    const here = gone ? stands.find((s) => isSame(s, gone)) : undefined
    return here ? { ...item, id: here.id } : item
  })
}

const withoutId = ({ id: _id, ...rest }: Item) => Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))
const isSame = (a: Item, b: Item) => JSON.stringify(withoutId(a)) === JSON.stringify(withoutId(b))

/** Of the same kind: same system and use for numbers, same relationship for people. */
function isAlike(a: Item, b: Item): boolean {
  const kind = (i: Item) => {
    const { system, use, relationship, typeCode } = i as Record<string, unknown>
    return JSON.stringify([system ?? null, use ?? null, relationship ?? null, typeCode ?? null])
  }
  return kind(a) === kind(b)
}

/**
 * Another name, and no full birth date that both agree on: the same id at the source, but not the same person (PAR-04).
 * Two unknown birth dates, or two equal years, say nothing.
 */
export function identityDiffers(
  a: Pick<Identity, 'name' | 'birthDate'>,
  b: Pick<Identity, 'name' | 'birthDate'>,
): boolean {
  const sameBirth = a.birthDate?.length === 10 && a.birthDate === b.birthDate
  return !sameBirth && nameParts(a.name) !== nameParts(b.name)
}

/** Order, case, accents and punctuation of a name are not the person. */
function nameParts(name: string): string {
  return foldText(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ')
}
