// Keeps migrations/ honest: numbered without a gap, all listed in index.ts in order, released ones unchanged.
// `--release` adds the present migrations to released.lock.json; do that when a version goes to users.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, root } from './bootstrap.mjs'

const lockName = 'released.lock.json'

export function migrationFiles(folder) {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.ts$/.test(file))
    .sort()
}

function hashOf(folder, file) {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, file)))
    .digest('hex')
}

function readLock(folder) {
  const file = path.join(folder, lockName)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** Everything wrong with a migrations folder, in words; empty when all is well. */
export function problemsIn(folder) {
  const files = migrationFiles(folder)
  const problems = []
  files.forEach((file, n) => {
    const number = String(n + 1).padStart(4, '0')
    if (!file.startsWith(`${number}_`)) problems.push(`${file}: expected number ${number} here`)
  })
  const index = readFileSync(path.join(folder, 'index.ts'), 'utf8')
  const imported = [...index.matchAll(/from '\.\/(\d{4}_[a-z0-9_]+\.ts)'/g)].map((hit) => hit[1])
  if (imported.join() !== files.join()) {
    problems.push(
      `index.ts imports ${imported.join(', ') || 'nothing'}; the folder holds ${files.join(', ')}`,
    )
  }
  const listed = [...index.matchAll(/name: '(\d{4}_[a-z0-9_]+)', up: m(\d{4})\.up/g)]
  if (listed.map((hit) => `${hit[1]}.ts`).join() !== files.join()) {
    problems.push('index.ts does not list every migration in order')
  }
  for (const [, name, number] of listed) {
    if (!name.startsWith(`${number}_`)) problems.push(`index.ts: ${name} is given the steps of m${number}`)
  }
  for (const [file, hash] of Object.entries(readLock(folder))) {
    if (!files.includes(file)) problems.push(`${file}: released, but gone`)
    else if (hashOf(folder, file) !== hash) {
      problems.push(`${file}: released, and changed since. Put it back and write a new migration instead.`)
    }
  }
  return problems
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = path.join(root, 'migrations')
  const problems = problemsIn(folder)
  if (problems.length > 0) fail(problems.join('\n'))
  const files = migrationFiles(folder)
  if (process.argv.includes('--release')) {
    const lock = Object.fromEntries(files.map((file) => [file, hashOf(folder, file)]))
    writeFileSync(path.join(folder, lockName), `${JSON.stringify(lock, null, 2)}\n`)
  }
  const released = Object.keys(readLock(folder)).length
  process.stdout.write(`${files.length} migrations in order, ${released} released and unchanged\n`)
}
