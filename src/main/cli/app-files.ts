// Where the program's own files are, from the sources as from the build: bundled resources and the built screens.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { CataloguePlaces } from '#core/catalogue/catalogues.ts'

/** The first of these places, going up from this file, in which `mark` exists. */
function findUpwards(places: readonly string[], mark: string): string | null {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    for (const place of places) {
      const candidate = path.join(folder, place)
      if (existsSync(path.join(candidate, mark))) return candidate
    }
    if (folder === path.dirname(folder)) return null
  }
}

export function resourcesFolder(): string {
  const found = findUpwards(['resources'], 'demo')
  if (!found) throw new Error('the program’s resources folder is missing')
  return found
}

/** `null` where nobody has built the screens yet. `src/renderer` has an index.html too, but it is not the built one. */
export const rendererFolder = (): string | null => findUpwards(['out/renderer'], 'index.html')

/**
 * Ready-made catalogues stand in out/catalogues; from the sources they are made into .cache. In an installed app neither
 * the archive nor its folder may be written to, so whatever is missing there is made in the clinic's own folder.
 */
export function cataloguePlaces(): CataloguePlaces {
  const resources = resourcesFolder()
  const root = path.dirname(resources)
  const isPacked = root.endsWith('.asar')
  // SQLite opens files of the computer, not of an archive: electron-builder leaves these beside it.
  const home = isPacked ? `${root}.unpacked` : root
  return {
    sources: path.join(resources, 'codesets'),
    built: [path.join(home, 'out/catalogues')],
    cache: isPacked || !existsSync(path.join(root, 'src')) ? null : path.join(root, '.cache/catalogues'),
  }
}
