// `npm run new:migration NAME`: the next numbered file in migrations/ and its two lines in the list.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, root } from './bootstrap.mjs'
import { migrationFiles } from './check-migrations.mjs'

/**
 * Adds a migration and returns its path from the root folder.
 * @param {string} name snake_case
 * @param {string} body the file's text
 */
export function addMigration(name, body) {
  const folder = path.join(root, 'migrations')
  const number = String(migrationFiles(folder).length + 1).padStart(4, '0')
  const file = `${number}_${name}.ts`
  const indexFile = path.join(folder, 'index.ts')
  const index = readFileSync(indexFile, 'utf8')
  const withImport = insertAfterLast(
    index,
    /^import \* as m\d{4} from .*\n/gm,
    `import * as m${number} from './${file}'\n`,
  )
  const withEntry = insertAfterLast(
    withImport,
    /^ {2}\{ name: '\d{4}_.*\n/gm,
    `  { name: '${number}_${name}', up: m${number}.up },\n`,
  )
  writeFileSync(path.join(folder, file), body)
  writeFileSync(indexFile, withEntry)
  return `migrations/${file}`
}

/** Puts a line behind the last one that looks like it; says so when there is none. */
export function insertAfterLast(text, pattern, line) {
  const last = [...text.matchAll(pattern)].at(-1)
  if (!last) throw new Error(`found no line like ${pattern} to put this behind: ${line}`)
  const end = last.index + last[0].length
  return text.slice(0, end) + line + text.slice(end)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const name = process.argv[2]
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) fail('usage: npm run new:migration NAME (snake_case)')
  const body = `// TODO: one line on what changes and why. Additive only: ids of tables and field groups are never reused.
import { sql } from 'kysely'

export const up = [sql\`select 1\`]
`
  process.stdout.write(`${addMigration(name, body)}\n`)
}
