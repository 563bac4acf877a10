// `npm run new:module` gives a module that passes the house's checks, and touches nothing but modules, migrations and
// the two registries.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const bin = path.join(root, 'node_modules/.bin')
let copy: string
let before: Map<string, string>

const ignored = /^(node_modules|out|dist|\.cache)(\/|$)/

/** What git knows or would add, dot files included. */
function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\0'))].filter((f) => f !== '' && existsSync(path.join(root, f)))
}

function filesOf(folder: string): Map<string, string> {
  const files = globSync('**', { cwd: folder, exclude: (f) => ignored.test(f) })
  return new Map(
    files
      .filter((f) => !ignored.test(f) && statSync(path.join(folder, f)).isFile())
      .map((f) => [f, readFileSync(path.join(folder, f), 'latin1')]),
  )
}

/** The copy shares our packages: a script that found them outdated would install over them. */
function requireFreshPackages(): void {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', '.npmrc']) hash.update(readFileSync(path.join(root, file)))
  expect(readFileSync(path.join(root, 'node_modules/.osler-install'), 'utf8')).toBe(hash.digest('hex'))
}

function run(command: string, ...args: string[]): void {
  const done = spawnSync(command, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` },
  })
  expect(done.status, `${command} ${args.join(' ')}\n${done.stdout}\n${done.stderr}`).toBe(0)
}

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'osler-module-'))
  requireFreshPackages()
  for (const file of projectFiles()) {
    mkdirSync(path.join(copy, path.dirname(file)), { recursive: true })
    cpSync(path.join(root, file), path.join(copy, file))
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  before = filesOf(copy)
  run(process.execPath, 'scripts/new-module.mjs', 'trial-room')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('only modules, migrations and the two registries change', () => {
  const after = filesOf(copy)
  const changed = [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file)
  expect(changed.length).toBeGreaterThan(10)
  expect(changed.filter((f) => !/^(src\/modules|migrations)\//.test(f))).toEqual([])
  const outside = changed.filter((f) => !f.startsWith('src/modules/trial-room/'))
  expect(outside.filter((f) => !/^src\/modules\/(main|renderer)\.tsx?$|^migrations\//.test(f))).toEqual([])
})

test('the new module passes types, lint, format, the architecture tests and its own', () => {
  run('tsc', '-b')
  run(
    'oxlint',
    '--type-aware',
    '--deny-warnings',
    'src/modules/trial-room',
    'src/modules/main.ts',
    'migrations',
  )
  run(
    'biome',
    'format',
    'src/modules/trial-room',
    'src/modules/main.ts',
    'src/modules/renderer.tsx',
    'migrations',
  )
  run(
    'vitest',
    'run',
    'test/architecture/tables.test.ts',
    'test/architecture/contracts.test.ts',
    'src/modules/trial-room',
  )
}, 300_000)
