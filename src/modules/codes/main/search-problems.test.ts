// Searching problems through dispatch, over the whole bundled edition: every code, everyday words, and hostile text.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { icd10cm, sourceNames } from './icd10cm/catalogue.ts'
import { dotted, orderEntries } from './icd10cm/order-file.ts'
import { problemByCode, problemsByCode } from './icd10cm/queries.ts'
import { noteCodeUse } from './use.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await testClinic()
  await clinic.clinic.services.catalogues.ready(icd10cm)
}, 60_000)
afterAll(() => clinic[Symbol.asyncDispose]())

const search = async (text: string, limit = 20) =>
  (await clinic.as('doctor').codes.searchProblems({ text, limit })).items
const codesFor = async (text: string, limit = 20) => (await search(text, limit)).map((hit) => hit.code)

test('every code of the file is found by itself, with and without its dot, in either case', () => {
  const catalogue = clinic.clinic.services.catalogues.open(icd10cm)
  const files = clinic.clinic.services.catalogues.files(icd10cm)
  const wrong: string[] = []
  let rows = 0
  let billable = 0
  for (const entry of orderEntries(files.lines(sourceNames.order))) {
    rows += 1
    if (entry.billable) billable += 1
    const found = catalogue.get(problemByCode, { code: entry.code })
    if (found?.title !== entry.title || found.billable !== Number(entry.billable)) wrong.push(entry.code)
  }
  expect(wrong).toEqual([])
  expect([rows, billable, catalogue.rows]).toEqual([95_358, 72_621, 95_358])
})

test('a sample of four hundred codes comes first through the front door, dotted or not', async () => {
  const files = clinic.clinic.services.catalogues.files(icd10cm)
  const entries = [...orderEntries(files.lines(sourceNames.order))].filter((e) => e.billable)
  for (let at = 7; at < entries.length; at += Math.floor(entries.length / 200)) {
    const code = entries[at]?.code ?? ''
    for (const typed of [dotted(code), code.toLowerCase()]) {
      expect((await search(typed, 5))[0], typed).toMatchObject({ code: dotted(code), by: 'code' })
    }
  }
})

test('a heading is offered, behind the codes that can be billed', async () => {
  const hits = await search('E11')
  expect(hits[0]).toMatchObject({ code: 'E11.9', billable: true })
  expect(hits.at(-1)).toMatchObject({ code: 'E11', billable: false })
  expect(hits[0]?.parents).toEqual([{ code: 'E11', display: 'Type 2 diabetes mellitus' }])
})

test.each([
  ['htn', 'I10'],
  ['HTN', 'I10'],
  ['dm2', 'E11.9'],
  ['t2dm', 'E11.9'],
  ['type 2 dm', 'E11.9'],
  ['copd', 'J44.9'],
  ['uti', 'N39.0'],
  ['mi', 'I21.9'],
  ['stemi', 'I21.3'],
  ['chf', 'I50.9'],
  ['afib', 'I48.91'],
  ['tia', 'G45.9'],
  ['gerd', 'K21.9'],
  ['gord', 'K21.9'],
  ['ckd', 'N18.9'],
  ['bph', 'N40.0'],
  ['uri', 'J06.9'],
  ['flu', 'J11.1'],
  ['cold', 'J00'],
  ['high blood pressure', 'I10'],
  ['heart attack', 'I21.9'],
  ['sore throat', 'J02.9'],
  ['knee pain', 'M25.569'],
  ['pain left knee', 'M25.562'],
  ['left knee pain', 'M25.562'],
  ['knee left pain', 'M25.562'],
  ['hypertension', 'I10'],
  ['hyper', 'I10'],
  ['hyp', 'I10'],
  ['diab', 'E11.9'],
  ['asthma', 'J45.909'],
  ['ast', 'J45.909'],
  ['migraine', 'G43.909'],
  ['headache', 'R51.9'],
  ['cough', 'R05'],
  ['fever', 'R50.9'],
  ['anaemia', 'D64.9'],
  ['anemia', 'D64.9'],
  ['ANAEMIA', 'D64.9'],
  ['oedema', 'R60.9'],
  ['edema', 'R60.9'],
  ['diarrhoea', 'R19.7'],
  ['gout', 'M10.9'],
  ['eczema', 'L20.9'],
  ['shingles', 'B02.9'],
  ['chest pain', 'R07.9'],
  ['low back pain', 'M54.5'],
  ['back pain', 'M54.5'],
  ['otitis media', 'H66.90'],
  ['iron deficiency', 'D50.9'],
  ['vitamin d', 'E55.9'],
  ['osteoporosis', 'M81.0'],
  ['obesity', 'E66.9'],
  ['hypothyroidism', 'E03.9'],
  ['sleep apnea', 'G47.33'],
  ['sleep apnoea', 'G47.33'],
  ['depression', 'F32.9'],
  ['anxiety', 'F41.9'],
  ['ptsd', 'F43.10'],
  ['covid', 'U07.1'],
  ['fracture radius', 'S52.501A'],
  ['ankle sprain', 'S93.409A'],
  ['ménière', 'H81.02'],
  ['meniere', 'H81.02'],
  ['crohns', 'K50.90'],
  ["crohn's", 'K50.90'],
  ['diabetes kidney', 'E11.22'],
])('"%s" finds %s first', async (typed, code) => {
  expect((await codesFor(typed))[0]).toBe(code)
})

test('short words are found inside longer texts too', async () => {
  expect(await codesFor('dm2 kidney')).toContain('E11.22')
  expect(await codesFor('acute mi')).toContain('I21.9')
  expect(await codesFor('copd exacerbation')).toContain('J44.1')
})

test('what this person and this clinic write down comes first; others of the same words follow', async () => {
  expect((await codesFor('hyp'))[0]).toBe('I10')
  clinic.transact((ctx) => {
    const as = (role: 'doctor' | 'nurse', code: string, times: number) => {
      const actor = { userId: clinic.userId(role) } as typeof ctx.actor
      for (let n = 0; n < times; n++) noteCodeUse({ ...ctx, actor }, 'problem', code)
    }
    as('nurse', 'I119', 3)
    as('doctor', 'E785', 1)
  })
  const hits = await search('hyp')
  expect(hits.slice(0, 3).map((hit) => [hit.code, hit.by])).toEqual([
    ['E78.5', 'used'],
    ['I11.9', 'used'],
    ['I10', 'words'],
  ])
  // A habit does not push itself before what it does not fit.
  expect((await codesFor('asthma'))[0]).toBe('J45.909')
})

test('equal questions get equal answers, without repetition, within the limit', async () => {
  for (const text of ['a', 'fract', 's', 'pain', 'E', 'neoplasm unspec']) {
    const once = await codesFor(text, 50)
    expect(await codesFor(text, 50)).toEqual(once)
    expect(new Set(once).size).toBe(once.length)
    expect(once.length).toBeLessThanOrEqual(50)
    expect(await codesFor(text, 10)).toEqual(once.slice(0, 10))
  }
})

const hostile = [
  '"',
  "'",
  '""',
  'a"b',
  "x' or '1'='1",
  'NEAR(a b, 2)',
  'AND',
  'OR',
  'NOT diabetes',
  'diabetes AND',
  '^diab',
  'terms:diab',
  'diab*',
  '*',
  '-',
  '--',
  '(',
  ')(',
  '{diabetes}',
  '+',
  ';drop table problem',
  '%',
  '_',
  '\\',
  '\u0000',
  '💊',
  '🤒 fever',
  '👩‍⚕️',
  'ارتفاع ضغط الدم',
  '\u202Ediabetes\u202C',
  'diabe\u0301tes',
  'ＤＩＡＢＥＴＥＳ',
  '糖尿病',
  'a'.repeat(200),
  'ab '.repeat(66),
  'E11.',
  '.9',
  'E11..9',
  'e 1 1',
  '0',
  '٣',
]
test.each(hostile)('hostile text %j answers and breaks nothing', async (text) => {
  const hits = await search(text)
  for (const hit of hits) expect(hit.display.length).toBeGreaterThan(0)
})

test('signs around words do not matter; marks and letter forms neither', async () => {
  const plain = await codesFor('diabetes')
  for (const same of [
    '"diabetes"',
    'diabetes*',
    '(diabetes)',
    'DIABETES',
    'diabe\u0301tes',
    'ＤＩＡＢＥＴＥＳ',
    'diabetes 💊',
    '\u202Ediabetes\u202C',
  ])
    expect(await codesFor(same), same).toEqual(plain)
})

test('any text at all gets an answer whose rows have every word or the code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
      expect((await search(text, 5)).length).toBeLessThanOrEqual(5)
    }),
    { numRuns: 200 },
  )
})

test('too long a text is refused, and nobody without a role gets an answer', async () => {
  const doctor = clinic.as('doctor').codes
  await expect(doctor.searchProblems({ text: 'x'.repeat(201) })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  for (const role of ['patient', 'civil', 'researcher'] as const)
    await expect(clinic.as(role).codes.searchProblems({ text: 'htn' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  for (const role of ['admin', 'nurse', 'reception', 'lab', 'billing'] as const)
    expect((await clinic.as(role).codes.searchProblems({ text: 'htn' })).items[0]?.code).toBe('I10')
})

test('one code in full: headings above, other names, and what may not be coded with it', async () => {
  const found = await clinic.as('doctor').codes.problem({ code: 'j44.9' })
  expect(found).toMatchObject({ code: 'J44.9', billable: true, parents: [{ code: 'J44' }] })
  expect(found.notes.length).toBeGreaterThan(0)
  await expect(clinic.as('doctor').codes.problem({ code: 'ZZZ9' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const catalogue = clinic.clinic.services.catalogues.open(icd10cm)
  expect(catalogue.all(problemsByCode, { from: 'E11', to: 'E12', limit: 500 }).length).toBeGreaterThan(80)
})
