// Where tests find reference data: the bundled sources, and one cache of made files for all workers of a run.
import path from 'node:path'
import type { CataloguePlaces } from '#core/catalogue/catalogues.ts'
import type { OpenClinic } from '#core/clinic-types.ts'

const root = path.resolve(import.meta.dirname, '../..')

export const cataloguePlaces = (): CataloguePlaces => ({
  sources: path.join(root, 'resources/codesets'),
  built: [],
  cache: path.join(root, '.cache/catalogues'),
})

/** Resolves when a search in it answers. */
export async function catalogueReady(clinic: OpenClinic, name: string): Promise<void> {
  const { catalogues } = clinic.services
  const def = catalogues.known().find((known) => known.name === name)
  if (!def) throw new Error(`there is no catalogue ${name}`)
  await catalogues.ready(def)
}
