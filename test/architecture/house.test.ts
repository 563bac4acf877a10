// Rules of the house that are neither types nor imports: documents that name real places, a bridge that stays small, SQL in
// three folders only, flags that end, errors that have words in every language.
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { flags, type Flag } from '#shared/flags.ts'
import { commonErrorCodes, declaredErrorCodes } from '#shared/errors.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const sources = (pattern: string) => globSync(pattern, { cwd: root }).filter((f) => !/\.test\.tsx?$/.test(f))

/** Words in backticks that look like a path of the project. */
function pathsNamedIn(markdown: string): string[] {
  const words = [...markdown.matchAll(/`([^`\s]+)`/g)].map((m) => m[1] ?? '')
  const links = [...markdown.matchAll(/\]\(([^)#:]+)\)/g)].map((m) => m[1] ?? '')
  const isPath = (w: string) =>
    /^(src|test|docs|migrations|sync-relay|scripts|resources|tsconfig)(\/|$)/.test(w) ||
    w === '.oxlintrc.json'
  return [...new Set([...words.filter(isPath), ...links])].filter((w) => !w.includes('NAME'))
}

test('ARCHITECTURE.md and README.md name only places that exist', () => {
  for (const file of ['ARCHITECTURE.md', 'README.md']) {
    const named = pathsNamedIn(read(file))
    expect(named.length).toBeGreaterThan(3)
    expect(
      named.filter((p) => !existsSync(path.join(root, p))),
      file,
    ).toEqual([])
  }
})

test('ARCHITECTURE.md stays within two pages', () => {
  expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThan(120)
})

test('the preload exposes exactly call, bootstrap, onChanged, copied and platform', () => {
  const preload = read('src/preload/index.ts')
  const body = preload.slice(preload.indexOf('exposeInMainWorld'))
  expect([...body.matchAll(/^ {2}(\w+):/gm)].map((m) => m[1])).toEqual([
    'call',
    'bootstrap',
    'onChanged',
    'copied',
    'platform',
  ])
  expect(preload.split('\n').length).toBeLessThan(40)
})

/** Text of a file without its comments, so that prose cannot trip a rule. */
const code = (file: string) => read(file).replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '')

const rawSql =
  /\.(insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(|\b\w*(db|Db|connection|database)\.(exec|prepare|pragma)\(|sql\.raw\(/

test('statements that change rows stand in core/store, core/db, core/catalogue and migrations only', () => {
  const allowed = /^src\/main\/core\/(store|db|catalogue)\/|^migrations\//
  const found = sources('{src,migrations}/**/*.{ts,tsx}').filter(
    (f) => !allowed.test(f) && rawSql.test(code(f)),
  )
  // The clinic pragmas its own checkpoint at closing; nothing else touches a connection.
  expect(found.filter((f) => f !== 'src/main/core/clinic-closing.ts')).toEqual([])
})

test('the rule about raw statements bites', () => {
  for (const bad of ['db.insertInto("x")', 'db.exec("drop")', 'x.deleteFrom("patient")', 'sql.raw(text)']) {
    expect(rawSql.test(bad), bad).toBe(true)
  }
})

test('no HTML from outside: nothing sets inner HTML, and nothing builds code from text', () => {
  const dangerous =
    /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(/
  expect(sources('src/**/*.{ts,tsx}').filter((f) => dangerous.test(code(f)))).toEqual([])
})

function expired(all: Readonly<Record<string, Flag>>, today: string): string[] {
  return Object.entries(all)
    .filter(([, flag]) => flag.removeBy < today)
    .map(([name]) => name)
}

const overlayOfLibrary =
  /import \{[^}]*\b(Button|Dialog|Popover\w*|Overlay\w*|Drawer|Alert)\b[^}]*\} from '@blueprintjs\//

/** They keep off two habits of the library that press buttons and move the focus behind a fast person's back (ADR 12). */
test('buttons, dialogs and menus of screens come from #ui', () => {
  const found = sources('src/{renderer,modules}/**/*.tsx').filter((f) => overlayOfLibrary.test(code(f)))
  expect(found.filter((f) => !f.startsWith('src/renderer/ui/'))).toEqual([])
  expect(found.length, 'the rule finds #ui itself').toBeGreaterThan(2)
})

test('no flag outlives its date', () => {
  expect(expired(flags, new Date().toISOString().slice(0, 10))).toEqual([])
  expect(expired({ old: { on: false, owner: 'x', removeBy: '2020-01-01' } }, '2026-01-01')).toEqual(['old'])
})

test('every error code has words for people', () => {
  const words = sources('src/renderer/**/*.ts').map(read).join('\n')
  const codes = [...commonErrorCodes, ...declaredErrorCodes]
  expect(codes.filter((c) => !words.includes(c))).toEqual([])
})

test('nothing in the product is left for later without saying so', () => {
  const unfinished = /\b(TODO(?!\(#\d+\))|FIXME|XXX|HACK|coming soon|lorem ipsum)\b/i
  expect(
    sources('{src,migrations,sync-relay}/**/*.{ts,tsx}').filter((f) => unfinished.test(read(f))),
  ).toEqual([])
})

test('screens lay out by logical sides, so that right-to-left needs no second style sheet', () => {
  const physical =
    /(^|[\s;{])(margin|padding|border)-(left|right)\s*:|(^|[\s;{])(left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right)/m
  const found = globSync('src/{renderer,modules/*/renderer}/**/*.css', { cwd: root }).filter((f) =>
    physical.test(read(f).replaceAll(/\/\*[\s\S]*?\*\//g, '')),
  )
  expect(found).toEqual([])
})
