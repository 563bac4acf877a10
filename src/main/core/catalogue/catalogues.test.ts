// Catalogues: made once, whole or not at all, by any number of processes; found again by what they are made of.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log/logger.ts'
import { type CatalogueKeeper, createCatalogues, makeBundled } from './catalogues.ts'
import { csvFields } from './csv.ts'
import { type AnyCatalogue, catalogue, catalogueQueries } from './definition.ts'
import { matchWords, wordsOf } from './words.ts'

const fruits = catalogue({
  name: 'fruits',
  version: 1,
  edition: { title: 'Fruits', edition: '2026', source: 'the orchard', licence: 'free' },
  sources: ['fruits.csv'],
  tables: {
    fruit: { columns: { n: 'int', name: 'text', colour: 'text?' }, key: ['n'], indexes: [['colour']] },
    fruit_search: { search: 'words' },
  },
  *rows(files) {
    let n = 0
    for (const { name = '', colour } of files.csv('fruits.csv')) {
      n += 1
      yield ['fruit', { n, name, colour: colour || null }]
      yield ['fruit_search', { rowid: n, terms: wordsOf(name.toLowerCase()).join(' ') }]
    }
  },
})
const query = catalogueQueries(fruits)
const byWords = query<{ match: string }>()((db, p) =>
  db
    .selectFrom('fruit_search')
    .innerJoin('fruit', 'fruit.n', 'fruit_search.rowid')
    .select(['fruit.name', 'fruit.colour'])
    .where(sql<boolean>`fruit_search match ${p.match}`)
    .orderBy('fruit_search.rowid'),
)
const count = query<Record<never, never>>()((db) =>
  db.selectFrom('fruit').select((eb) => eb.fn.countAll<number>().as('count')),
)

let dir: string
let keeper: CatalogueKeeper
const announced: string[] = []
const places = () => ({ sources: dir, built: [path.join(dir, 'built')], cache: path.join(dir, 'cache') })
const open = () =>
  createCatalogues({
    places: places(),
    dir: path.join(dir, 'clinic'),
    known: [fruits],
    log: createLogger(2, 'silent'),
    announce: (tables) => announced.push(...tables),
  })

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-catalogue-'))
  writeFileSync(path.join(dir, 'fruits.csv'), 'name,colour\nGreen apple,green\n"Apple, red",red\nمشمش,\n')
  announced.length = 0
  keeper = open()
})
afterEach(async () => {
  await keeper.close()
  rmSync(dir, { recursive: true })
})

const names = (k: CatalogueKeeper, text: string) =>
  k
    .open(fruits)
    .all(byWords, { match: matchWords(wordsOf(text)) ?? '' })
    .map((row) => row.name)

test('the first use says that it is not ready and begins; later ones answer', async () => {
  expect(() => keeper.open(fruits)).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
  await keeper.ready(fruits)
  expect(announced).toEqual(['catalogue'])
  expect(names(keeper, 'app')).toEqual(['Green apple', 'Apple, red'])
  expect(names(keeper, 'red apple')).toEqual(['Apple, red'])
  expect(names(keeper, 'مشم')).toEqual(['مشمش'])
  expect(keeper.open(fruits)).toMatchObject({ rows: 3, edition: { edition: '2026' } })
})

test('typed signs are never syntax', async () => {
  await keeper.ready(fruits)
  for (const text of [
    '"',
    'app" OR "x',
    'NEAR(a b)',
    'terms:apple',
    'a*',
    '-apple',
    '^apple',
    '{a}',
    '💊',
    '()',
  ])
    expect(() => names(keeper, `apple ${text}`), text).not.toThrow()
})

test('many makers at once leave one whole file, and nothing half-made', async () => {
  const others = Array.from({ length: 4 }, open)
  await Promise.all([keeper, ...others].map((k) => k.ready(fruits)))
  expect(readdirSync(path.join(dir, 'cache'))).toHaveLength(1)
  for (const other of others) expect(other.open(fruits).get(count, {})).toEqual({ count: 3 })
  await Promise.all(others.map((k) => k.close()))
})

test('what the build made is taken before anything is made', async () => {
  await makeBundled(path.join(dir, 'built'), dir, fruits)
  expect(names(keeper, 'green')).toEqual(['Green apple'])
  expect(announced).toEqual([])
})

test('another source gives another file; the old one goes', async () => {
  await keeper.ready(fruits)
  const [old] = readdirSync(path.join(dir, 'cache'))
  writeFileSync(path.join(dir, 'fruits.csv'), 'name,colour\nPear,green\n')
  const next = open()
  await next.ready(fruits)
  expect(names(next, 'pear')).toEqual(['Pear'])
  expect(readdirSync(path.join(dir, 'cache'))).not.toContain(old)
  await next.close()
})

test('a broken file is made anew', async () => {
  await keeper.ready(fruits)
  await keeper.close()
  const [name = ''] = readdirSync(path.join(dir, 'cache'))
  writeFileSync(path.join(dir, 'cache', name), 'not a database')
  keeper = open()
  await keeper.ready(fruits)
  expect(names(keeper, 'apple')).toHaveLength(2)
})

test('an importer that fails leaves nothing behind and says so to whoever waits', async () => {
  const bad: AnyCatalogue = {
    ...fruits,
    *rows() {
      yield ['fruit', { n: 1, name: 'x', colour: null }]
      throw new Error('line 2 is wrong')
    },
  }
  await expect(keeper.ready(bad)).rejects.toThrow('line 2 is wrong')
  expect(readdirSync(path.join(dir, 'cache'))).toEqual([])
})

test('a loaded edition is read as it was loaded, or not at all', async () => {
  const edition = { title: 'Fruits', edition: '2027', source: 'a newer orchard', licence: 'free' }
  const loaded = await keeper.stage(fruits, edition, [
    ['fruit', { n: 1, name: 'Quince', colour: null }],
    ['fruit_search', { rowid: 1, terms: 'quince' }],
  ])
  const found = keeper.open(fruits, loaded)
  expect(found.edition).toEqual(edition)
  expect(found.get(count, {})).toEqual({ count: 1 })
  const file = path.join(dir, 'clinic/catalogues', loaded.file)
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(loaded.digest)
  writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('x')]))
  const next = open()
  expect(() => next.open(fruits, loaded)).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
  await next.close()
  keeper.discard(loaded.file)
  expect(readdirSync(path.join(dir, 'clinic/catalogues'))).toEqual([])
  expect(() => keeper.discard('../clinic.db')).toThrow('not the name')
})

test('CSV: quotes, doubled quotes, line ends inside fields, empty ends', () => {
  const fields = [...csvFields('\uFEFFa,"b ""c""",\r\n"x\ny",,z\n\nlast,"open')]
  expect(fields).toEqual([
    ['a', 'b "c"', ''],
    ['x\ny', '', 'z'],
    ['last', 'open'],
  ])
})
