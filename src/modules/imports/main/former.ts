// What filing a resource put in the place of what: kept with the new original, read by undo.
import type { RegisterPatient } from '#modules/patients/shared/contract.ts'
import type { Cell } from './map/map-resource.ts'

type PatientLists = 'identifiers' | 'telecoms' | 'addresses' | 'contacts' | 'otherNames'

export interface Former {
  /** The original that this one supersedes. */
  readonly source?: string
  /** Version of the row right after filing; another one now means that somebody has built on it. */
  readonly rev: number
  /** The row was made by this filing. */
  readonly made: boolean
  /** Values that were overwritten in the row. */
  readonly set?: Readonly<Record<string, Cell>>
  /** The row that was voided because this one corrects it. */
  readonly replaced?: string
  readonly patient?: {
    readonly fields: Partial<RegisterPatient>
    readonly added: readonly (readonly [PatientLists, string])[]
  }
}

/** Nothing written: the row was made by this filing and nothing else was touched. */
const plain: Former = { rev: 1, made: true }

export function formerOf(text: string | null): Former {
  return text === null ? plain : (JSON.parse(text) as Former)
}

export function formerText(former: Former): string | null {
  const isPlain = former.made && former.rev === 1 && Object.keys(former).length === 2
  return isPlain ? null : JSON.stringify(former)
}

/** Why a row is no longer shown; stands in its history. */
export const voidReasons = {
  superseded: 'import: replaced by a newer version from the source',
  older: 'import: older than the version that was here',
  undone: 'import: undone',
} as const
