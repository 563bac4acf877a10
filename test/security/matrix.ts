// What is proven of the security requirements, read from the names of the tests themselves: `npm run security:matrix`.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mutations } from './mutations.ts'
import { type Requirement, requirements } from './requirements.ts'

export interface NamedTest {
  readonly file: string
  readonly name: string
}

export interface Row extends Requirement {
  readonly tests: readonly NamedTest[]
  /** How many ways of taking the defence away are known to make a test fail. */
  readonly mutations: number
  readonly state: 'proven' | 'partly' | 'not yet due' | 'MISSING'
}

const idPattern = /\b(AUTH|SESS|AUTHZ|AUD|KEY|DB|BAK|SYN|WEB|ELE|PAR|PRIV|REL|OPS)-\d{2}\b/g
const testFile = /\.(test|e2e)\.ts$/

export function matrix(root: string): Row[] {
  const byId = new Map<string, NamedTest[]>()
  for (const found of testsBelow(root, ['src', 'test', 'sync-relay/src'])) {
    for (const [id] of found.name.matchAll(idPattern)) {
      byId.set(id, [...(byId.get(id) ?? []), found])
    }
  }
  const known = new Set(requirements.map(({ id }) => id))
  const unknown = [...byId.keys()].filter((id) => !known.has(id))
  if (unknown.length > 0) throw new Error(`tests name requirements that do not exist: ${unknown.join(', ')}`)
  return requirements.map((requirement) => {
    const tests = byId.get(requirement.id) ?? []
    const count = mutations.filter(({ id }) => id === requirement.id).length
    return { ...requirement, tests, mutations: count, state: stateOf(requirement, tests) }
  })
}

function stateOf({ notDue, partly }: Requirement, tests: readonly NamedTest[]): Row['state'] {
  if (tests.length === 0) return notDue === undefined ? 'MISSING' : 'not yet due'
  return partly === undefined ? 'proven' : 'partly'
}

/** Titles as they stand in the source: a template keeps its holes. */
function* testsBelow(root: string, folders: readonly string[]): Iterable<NamedTest> {
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !testFile.test(entry.name)) continue
      const file = path.relative(root, path.join(entry.parentPath, entry.name))
      const text = readFileSync(path.join(root, file), 'utf8')
      for (const name of titlesIn(text)) yield { file, name }
    }
  }
}

/** The first text after `test(`, `test.each(...)(`, `describe(`: where titles stand, whatever the quotes and lines. */
export function titlesIn(text: string): string[] {
  const titles: string[] = []
  const call = /\b(?:test|it|describe)(?:\.\w+)*(?:\([^'"`]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?)\1/g
  for (const [, , title] of text.matchAll(call)) if (title) titles.push(title.replaceAll(/\s+/g, ' '))
  return titles
}

export function printed(rows: readonly Row[]): string {
  const lines = rows.flatMap((row) => {
    const checked = row.mutations > 0 ? `, fails without its defence (${row.mutations} checked)` : ''
    const head = `${row.id.padEnd(9)}${row.state}${row.state === 'proven' || row.state === 'partly' ? checked : ''}`
    const why = row.state === 'partly' ? row.partly : row.state === 'not yet due' ? row.notDue : undefined
    return [
      `${head}: ${row.what}`,
      ...row.tests.map(({ file, name }) => `           ${file} > ${name}`),
      ...(why === undefined ? [] : [`           ${row.state === 'partly' ? 'not yet: ' : ''}${why}`]),
    ]
  })
  const count = (state: Row['state']) => rows.filter((row) => row.state === state).length
  const checked = new Set(mutations.map(({ id }) => id)).size
  const total = `${rows.length} requirements: ${count('proven')} proven, ${count('partly')} partly, ${count('not yet due')} not yet due, ${count('MISSING')} missing; ${checked} shown to fail without their defence.`
  return [...lines, '', total, ''].join('\n')
}
