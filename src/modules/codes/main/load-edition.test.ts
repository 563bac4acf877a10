// A newer edition: read in a worker, compared, put to use, gone back from; a wrong file says which line is wrong.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { icd10cm, sourceNames } from './icd10cm/catalogue.ts'
import { orderEntries, orderLimits } from './icd10cm/order-file.ts'
import { noteCodeUse } from './use.ts'

let clinic: TestClinic
let lines: string[]
beforeAll(async () => {
  clinic = await testClinic()
  await clinic.clinic.services.catalogues.ready(icd10cm)
  lines = [...clinic.clinic.services.catalogues.files(icd10cm).lines(sourceNames.order)]
}, 60_000)
afterAll(() => clinic[Symbol.asyncDispose]())

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024)
}

async function load(content: string | Uint8Array, edition = 'FY 2027') {
  const admin = clinic.as('admin').codes
  const { id, token } = await admin.loadEdition({
    catalogue: 'icd10cm',
    edition,
    fileName: 'C:\\in\\order.txt',
  })
  await clinic.clinic.upload(token, inChunks(typeof content === 'string' ? Buffer.from(content) : content))
  await clinic.clinic.services.jobs.idle()
  const found = (await icdSet()).loaded.find((e) => e.id === id)
  if (!found) throw new Error('the edition is not listed')
  return found
}

async function icdSet() {
  const { sets } = await clinic.as('admin').codes.editions({})
  const set = sets.find((s) => s.catalogue === 'icd10cm')
  if (!set) throw new Error('no ICD-10-CM')
  return set
}

const first = async (text: string) =>
  (await clinic.as('doctor').codes.searchProblems({ text })).items.map((hit) => hit.code)[0]

test('every catalogue tells edition, source, licence and size', async () => {
  const { sets } = await clinic.as('reception').codes.editions({})
  for (const set of sets) {
    expect(set.edition.length, set.catalogue).toBeGreaterThan(3)
    expect(set.licence.length, set.catalogue).toBeGreaterThan(2)
  }
  expect(await icdSet()).toMatchObject({ rows: 95_358, bundled: true, canLoad: true, loaded: [] })
})

test('load, look at the counts, use, go back, remove', async () => {
  clinic.transact((ctx) =>
    noteCodeUse({ ...ctx, actor: { userId: clinic.userId('doctor') } as typeof ctx.actor }, 'problem', 'R05'),
  )
  const next = lines
    .filter((line) => !line.startsWith('R05 ', 6))
    .map((line) =>
      line.startsWith('I10 ', 6) ? `${line.slice(0, 77)}High blood pressure of the year 2027` : line,
    )
  next.push(
    '99999 Z9999   1 Zebra bite of the future                                     Zebra bite of the future',
  )
  const loaded = await load(gzipSync(next.join('\r\n')))
  expect(loaded).toMatchObject({
    state: 'ready',
    fileName: 'order.txt',
    loadedByName: 'Test admin',
    rows: 95_358,
    added: 1,
    gone: 1,
    changed: 1,
    goneInUse: 1,
    inUse: false,
  })
  // Nobody's search changes by reading it.
  expect(await first('zebra bite')).toBeUndefined()

  const admin = clinic.as('admin').codes
  expect(await admin.useEdition({ catalogue: 'icd10cm', id: loaded.id })).toEqual({
    inUse: loaded.id,
    before: null,
  })
  expect(await first('zebra bite')).toBe('Z99.99')
  expect(await first('htn')).toBe('I10')
  expect(await first('R05')).toBeUndefined()
  expect(await icdSet()).toMatchObject({ bundled: false, edition: 'FY 2027', rows: 95_358 })
  // Words that changed have lost the notes of the older edition; others keep them.
  expect((await clinic.as('doctor').codes.problem({ code: 'I10' })).notes).toEqual([])
  expect((await clinic.as('doctor').codes.problem({ code: 'J44.9' })).notes.length).toBeGreaterThan(0)
  await expect(admin.dropEdition({ id: loaded.id })).rejects.toMatchObject({ code: 'BATCH_RUNNING' })

  expect(await admin.useEdition({ catalogue: 'icd10cm', id: null })).toEqual({
    inUse: null,
    before: loaded.id,
  })
  expect(await first('zebra bite')).toBeUndefined()
  await admin.dropEdition({ id: loaded.id })
  expect((await icdSet()).loaded).toEqual([])
  expect(readdirSync(path.join(clinic.dir, 'catalogues'))).toEqual([])
  expect(clinic.auditOf('code-set.use')).toHaveLength(2)
  expect(clinic.auditOf('code-set.load')).toHaveLength(1)
  expect(clinic.auditOf('code-set.read')).toHaveLength(1)
}, 60_000)

test('a file that is none, or is wrong somewhere, is refused with its line', async () => {
  const swap = (n: number, line: string) => lines.map((l, at) => (at === n - 1 ? line : l)).join('\n')
  const good = lines[4] ?? ''
  const cases: [string, string | Uint8Array, string, number | null][] = [
    ['an empty file', '', 'TOO_FEW_ROWS', 0],
    ['a part of it', lines.slice(0, 100).join('\n'), 'TOO_FEW_ROWS', 100],
    ['a letter', 'Dear Sir,\nplease find enclosed', 'WRONG_COLUMNS', 1],
    ['a web page', '<!doctype html><html>', 'WRONG_COLUMNS', 1],
    ['a zip', Buffer.from('504b0304140000000800', 'hex'), 'NOT_TEXT', 1],
    ['half a gzip', gzipSync(lines.join('\n')).subarray(0, 5000), 'NOT_TEXT', 0],
    ['one code twice', swap(6, good), 'SAME_CODE_TWICE', 6],
    ['a broken column', swap(90_000, good.replace(/^(.{14})[01]/, '$1x')), 'WRONG_COLUMNS', 90_000],
    ['no code', swap(5, '00005 ----    1 x'), 'NO_CODE', 5],
    ['no words', swap(5, `00005 A010    1 ${' '.repeat(62)}`), 'NO_TITLE', 5],
    ['an endless line', swap(7, `${good}${'x'.repeat(1000)}`), 'LINE_TOO_LONG', 7],
    ['a packed bomb', gzipSync(Buffer.alloc(orderLimits.bytes + 1, 'a')), 'TOO_LARGE', 0],
  ]
  for (const [what, content, fault, line] of cases) {
    const refused = await load(content, what)
    expect(refused, what).toMatchObject({ state: 'refused', fault, faultLine: line, rows: null })
    await expect(
      clinic.as('admin').codes.useEdition({ catalogue: 'icd10cm', id: refused.id }),
    ).rejects.toMatchObject({ code: 'BATCH_NOT_READY' })
  }
  expect(await first('htn')).toBe('I10')
}, 60_000)

test('too many rows are refused before they are all read', () => {
  const many = function* () {
    for (let n = 0; ; n++) {
      const code = `A${Math.floor(n / 1e5) % 10}${String(n % 1e5).padStart(5, '0')}`
      yield `00001 ${code} 1 ${'x'.padEnd(60)} x`
    }
  }
  expect(() => [...orderEntries(many())]).toThrow('TOO_MANY_ROWS')
})

test('only administrators load, use and remove', async () => {
  for (const role of ['doctor', 'nurse', 'reception', 'billing', 'lab'] as const) {
    const { codes } = clinic.as(role)
    const load = codes.loadEdition({ catalogue: 'icd10cm', edition: 'x 1', fileName: 'x' })
    await expect(load).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(codes.useEdition({ catalogue: 'icd10cm', id: null })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  }
})
