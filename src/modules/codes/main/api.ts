// What other modules may ask of code sets: which substance an entry means, and that a code was written down.
import type { Services } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'
import type { Reader } from '#core/store/reader.ts'
import { problemCatalogue } from './current.ts'
import { undotted } from './icd10cm/order-file.ts'
import { problemByCode } from './icd10cm/queries.ts'
import { substances } from './substances/catalogue.ts'
import { nameKey } from './substances/names.ts'
import { codesOfNumber, substanceOfCode, substanceOfName } from './substances/search.ts'

export { noteCodeUse } from './use.ts'
export { keyOf as substanceUseKey } from './substances/search.ts'
export { rxNormSystem, uniiSystem } from './substances/tables.ts'

export interface Substance {
  /** Its number in the edition in hand; changes with it. */
  readonly n: number
  /** Equal for all names, brands' ingredients, salts and codes of one substance. */
  readonly key: string
  readonly name: string
  readonly category: string | null
  readonly system: string
  readonly code: string
}

/**
 * The substance that a coded or written entry means; `null` when the catalogue does not know it, or is not ready yet:
 * recording an allergy never waits for it.
 */
export function substanceOf(
  services: Services,
  entry: { readonly system: string | null; readonly code: string | null; readonly display: string },
): Substance | null {
  const catalogue = whenReady(() => services.catalogues.open(substances))
  if (!catalogue) return null
  const coded =
    entry.system !== null && entry.code !== null
      ? substanceOfCode(catalogue, entry.system, entry.code)
      : undefined
  const row = coded ?? substanceOfName(catalogue, entry.display)
  return row ? { ...row, key: `${row.system}|${row.code}` } : null
}

/** Every public code of the substance an entry means, salts and forms included: for checks against other code sets. */
export function codesOfSubstance(
  services: Services,
  entry: Parameters<typeof substanceOf>[1],
): readonly { readonly system: string; readonly code: string }[] {
  const catalogue = whenReady(() => services.catalogues.open(substances))
  const found = catalogue && substanceOf(services, entry)
  return found ? catalogue.all(codesOfNumber, { n: found.n }) : []
}

/** Words that make two names the same for a reader: folded, singular. */
export const sameName = (a: string, b: string): boolean => nameKey(a) !== '' && nameKey(a) === nameKey(b)

/** The words of a code in the edition in use; `null` when it has no such code, or is not ready. */
export function problemTitle(services: Services, read: Reader, code: string): string | null {
  const catalogue = whenReady(() => problemCatalogue(services, read))
  return catalogue?.get(problemByCode, { code: undotted(code) })?.title ?? null
}

function whenReady<T>(open: () => T): T | null {
  try {
    return open()
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return null
    throw error
  }
}
