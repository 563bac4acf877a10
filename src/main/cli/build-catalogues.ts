// Makes the bundled catalogues for the build: `node out/main/build-catalogues.js FOLDER`. What the cache of the sources
// has already is copied.
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { makeBundled } from '#core/catalogue/catalogues.ts'
import { modules } from '#modules/main.ts'
import { cataloguePlaces } from './app-files.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('which folder?')
const { sources, cache } = cataloguePlaces()
mkdirSync(folder, { recursive: true })
for (const def of modules.flatMap((m) => m.catalogues ?? [])) {
  if (cache === null) {
    await makeBundled(folder, sources, def)
    continue
  }
  const made = await makeBundled(cache, sources, def)
  copyFileSync(made, path.join(folder, path.basename(made)))
}
