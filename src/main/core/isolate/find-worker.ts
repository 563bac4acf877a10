// Where a worker's entry file is: `NAME.worker.ts` among the sources, or `workers/NAME.worker.js` in the build.
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)
const found = new Map<string, WorkerFile>()

export interface WorkerFile {
  readonly file: string
  /** The only folder a worker may read from: program code, no data. */
  readonly codeRoot: string
}

export function findWorker(name: string): WorkerFile {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error('a worker is named in kebab-case')
  const known = found.get(name)
  if (known) return known
  const worker = here.endsWith('.ts') ? findSource(name) : findBuilt(name)
  found.set(name, worker)
  return worker
}

function findSource(name: string): WorkerFile {
  // src/main/core/isolate/find-worker.ts
  const codeRoot = path.resolve(path.dirname(here), '../../../..')
  const patterns = [`src/main/core/**/${name}.worker.ts`, `src/modules/*/main/**/${name}.worker.ts`]
  const [file, second] = patterns.flatMap((pattern) => globSync(pattern, { cwd: codeRoot }))
  if (!file) throw new Error(`there is no worker ${name}`)
  if (second) throw new Error(`two workers are called ${name}`)
  return { file: path.join(codeRoot, file), codeRoot }
}

/** This code may stand in out/main/index.js, out/main/cli.js or a chunk in a folder beside them. */
function findBuilt(name: string): WorkerFile {
  for (let folder = path.dirname(here); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'workers', `${name}.worker.js`)
    if (existsSync(file)) return { file, codeRoot: path.resolve(folder, '../..') }
    if (folder === path.dirname(folder)) throw new Error(`there is no worker ${name}`)
  }
}
