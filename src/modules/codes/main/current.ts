// Which edition of a code set this clinic searches: the one loaded and put to use, else the one that came along.
import type { LoadedEdition, OpenCatalogue } from '#core/catalogue/definition.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { editionInUse } from './edition-queries.ts'
import { icd10cm } from './icd10cm/catalogue.ts'

/** Throws UNAVAILABLE while it is not ready. */
export function problemCatalogue(services: Services, read: Reader): OpenCatalogue {
  return services.catalogues.open(icd10cm, loadedOf(read, icd10cm.name))
}

export function loadedOf(read: Reader, catalogue: string): LoadedEdition | null {
  const row = read.get(editionInUse, { catalogue })
  return row && row.file !== null && row.digest !== null ? { file: row.file, digest: row.digest } : null
}
