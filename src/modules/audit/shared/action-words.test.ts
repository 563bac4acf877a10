// AUD-08: every act of every procedure and job has plain words in the viewer.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Services } from '#core/rpc/services.ts'
import { modules } from '#modules/main.ts'
import type { ProcedureDef } from '#shared/contract.ts'
import { actionsAr } from './action-texts-ar.ts'
import { actionsEn } from './action-texts-en.ts'
import { actionParts, things, verbs } from './action-words.ts'

const noServices = new Proxy({}, { get: () => () => undefined }) as Services
const procedures = modules.flatMap((m) =>
  m.implementations(noServices).flatMap(({ contract }) =>
    Object.entries(contract.procedures as Record<string, ProcedureDef>).map(([name, { audit }]) => ({
      name: `${contract.module}.${name}`,
      audit,
    })),
  ),
)
const isWordless = (action: string) => {
  const { thing, verb } = actionParts(action)
  return thing === null || verb === null
}

test('AUD-08: each procedure’s action has words for its thing and for what was done', () => {
  // A refused question leaves an entry under its own name where it leaves none otherwise.
  const actions = procedures.map(({ name, audit }) => (audit === false ? name : audit.action))
  expect(actions.filter(isWordless)).toEqual([])
  expect(actions).toContain('session.me')
  expect(actions.length).toBeGreaterThan(100)
})

const root = path.resolve(import.meta.dirname, '../../..')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /^main\/|^modules\/[^/]+\/main\//.test(name) && /(?<!\.test)\.ts$/.test(name))
  .map((name) => readFileSync(path.join(root, name), 'utf8'))
/** An action that is begun in the code and ended by a value: `import.${status}`. */
const endings: Readonly<Record<string, readonly string[]>> = {
  access: ['bulk-export', 'bulk-charts', 'night-use'],
  import: ['done', 'cancelled', 'undone'],
}

test('AUD-08: acts that no procedure names, of jobs and of the machine, have words too', () => {
  const written = sources.flatMap((text) => [
    ...[...text.matchAll(/\baction: ([^,}\n]*)/g)].flatMap(([, value = '']) => literalsIn(value)),
    ...[
      ...text.matchAll(
        /(?:transact|outside|step|Step)\(\s*(?:\{[^}]*\}|[^,(){}]*)?,?\s*('[a-z-]+\.[a-z-]+')/g,
      ),
    ].flatMap(([, value = '']) => literalsIn(value)),
  ])
  const begun = sources.flatMap((text) =>
    [...text.matchAll(/\baction: `([a-z-]+)\.\$\{/g)].map(([, thing = '']) => thing),
  )
  expect([...new Set(begun)].sort()).toEqual(Object.keys(endings).sort())
  const ended = Object.entries(endings).flatMap(([thing, ends]) => ends.map((end) => `${thing}.${end}`))
  const actions = new Set([...written, ...ended])
  for (const known of ['clock.jump', 'clock.drift', 'job.state', 'import.stage-file', 'erasure.replay'])
    expect(actions).toContain(known)
  expect(actions.size).toBeGreaterThan(45)
  expect([...actions].filter(isWordless)).toEqual([])
})

const literalsIn = (text: string): string[] =>
  [...text.matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-z-]+)'/g)].map(([, action = '']) => action)

test('AUD-08: things and verbs have words in English and Arabic', () => {
  for (const words of [actionsEn, actionsAr] as Record<string, string>[]) {
    expect(
      [...things.map((t) => `thing.${t}`), ...verbs.map((v) => `verb.${v}`)].filter((k) => !words[k]),
    ).toEqual([])
  }
})

test('an action nobody wrote words for is told in general ones', () => {
  expect(actionParts('teapot.whistle')).toEqual({ thing: null, verb: null })
  expect(new Set(things).size).toBe(things.length)
  expect(new Set(verbs).size).toBe(verbs.length)
})
