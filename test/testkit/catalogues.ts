// Where tests find reference data: the bundled sources, and one cache of made files for all workers of a run.
import path from 'node:path'
import type { CataloguePlaces } from '#core/catalogue/catalogues.ts'

const root = path.resolve(import.meta.dirname, '../..')

export const cataloguePlaces = (): CataloguePlaces => ({
  sources: path.join(root, 'resources/codesets'),
  built: [],
  cache: path.join(root, '.cache/catalogues'),
})
