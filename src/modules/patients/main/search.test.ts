// Finding patients: what the person at the desk types, remembers or nearly writes twice.
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import type { CallerInputOf } from '#shared/contract.ts'
import type { Client } from '#testkit/client.ts'
import { type patients, RegisterPatient } from '../shared/contract.ts'
import { addCareTeam, createPatient } from './api.ts'
import * as q from './queries.ts'
import { alike } from './search.ts'
import * as s from './search-queries.ts'
import { careTeamMember } from './tables.ts'

type Register = CallerInputOf<(typeof patients)['procedures']['register']>
const phone = (value: string) => ({ system: 'phone' as const, use: null, value, rank: null })
const identifier = (value: string) => ({
  system: null,
  typeCode: null,
  typeDisplay: null,
  value,
  assigner: null,
})

async function names(client: Client, text: string, limit?: number): Promise<string[]> {
  const found = await client.patients.search(limit === undefined ? { text } : { text, limit })
  return found.patients.map((p) => p.name)
}

async function registerAll(
  clinic: TestClinic,
  list: readonly (Partial<Register> & { name: string })[],
): Promise<string[]> {
  const ids: string[] = []
  for (const one of list)
    ids.push((await clinic.as('reception').patients.register({ gender: 'unknown', ...one })).id)
  return ids
}

describe('the search box', () => {
  test('finds by name parts in any order, beginnings, without accents, signs or case', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [
      { name: "Siobhán O'Connor-Byrne" },
      { name: 'Jörg Müller' },
      { name: 'José María de la Cruz' },
      { name: 'Łukasz Żółć' },
      { name: 'Søren Ærøskøbing' },
      { name: 'Nguyễn Thị Ánh' },
    ])
    const desk = clinic.as('reception')
    for (const text of [
      "o'connor",
      'oconnor',
      'connor siob',
      'siobhan',
      'BYRNE',
      'connorbyrne',
      'o’con',
      'ó s',
    ]) {
      expect(await names(desk, text), text).toEqual(["Siobhán O'Connor-Byrne"])
    }
    for (const text of ['muller', 'Mueller', 'Müller', 'mül jör', 'joerg', 'mu']) {
      expect(await names(desk, text), text).toEqual(['Jörg Müller'])
    }
    for (const text of ['cruz jose', 'delacruz', 'de la cruz', 'mari']) {
      expect(await names(desk, text), text).toEqual(['José María de la Cruz'])
    }
    expect(await names(desk, 'lukasz zolc')).toEqual(['Łukasz Żółć'])
    expect(await names(desk, 'soren aeros')).toEqual(['Søren Ærøskøbing'])
    expect(await names(desk, 'anh nguyen')).toEqual(['Nguyễn Thị Ánh'])
    expect(await names(desk, 'nobody')).toEqual([])
  })

  test('finds Arabic, Persian, Chinese, Korean, Japanese, Cyrillic, Greek, Hebrew and Hindi names', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [
      { name: 'مُحَمَّد عبد الله الأحمدي' },
      { name: 'علی‌رضا کریمی' },
      { name: '李小龙' },
      { name: '김 민수' },
      { name: 'ヤマダ タロウ' },
      { name: 'Фёдор Достоевский' },
      { name: 'Νίκος Παπαδόπουλος' },
      { name: 'מֹשֶׁה כהן' },
      { name: 'प्रिया शर्मा' },
      { name: '约翰·史密斯' },
    ])
    const desk = clinic.as('reception')
    const finds: [string, string][] = [
      ['محمد', 'مُحَمَّد عبد الله الأحمدي'],
      ['عبدالله', 'مُحَمَّد عبد الله الأحمدي'],
      ['احمدي', 'مُحَمَّد عبد الله الأحمدي'],
      ['الاحمدى محم', 'مُحَمَّد عبد الله الأحمدي'],
      ['علیرضا', 'علی‌رضا کریمی'],
      ['علي كريمي', 'علی‌رضا کریمی'],
      ['李', '李小龙'],
      ['小龙', '李小龙'],
      ['龙', '李小龙'],
      ['민수', '김 민수'],
      ['김민수', '김 민수'],
      ['やまだ', 'ヤマダ タロウ'],
      ['федор', 'Фёдор Достоевский'],
      ['παπαδοπουλοσ νικ', 'Νίκος Παπαδόπουλος'],
      ['משה', 'מֹשֶׁה כהן'],
      ['शर्मा', 'प्रिया शर्मा'],
      ['प्रि', 'प्रिया शर्मा'],
      ['密斯', '约翰·史密斯'],
    ]
    for (const [text, name] of finds) expect(await names(desk, text), text).toEqual([name])
  })

  test('finds by phone, with or without country code, zeros, gaps and foreign digits', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [
      { name: 'Amr', telecoms: [phone('+20 100 123 4567')] },
      { name: 'Bea', telecoms: [phone('(617) 555-0123')] },
      {
        name: 'Kid',
        contacts: [
          { relationship: 'mother', name: 'Mum', phone: '030 998877', email: null, patientId: null },
        ],
      },
    ])
    const desk = clinic.as('reception')
    for (const text of [
      '+20 100 123 4567',
      '0100 123 4567',
      '00201001234567',
      '1001234567',
      '234567',
      '٠١٠٠١٢٣٤٥٦٧',
      '0100123',
    ]) {
      expect(await names(desk, text), text).toEqual(['Amr'])
    }
    for (const text of ['617-555', '5550123', '617 555 0123', '(617)555'])
      expect(await names(desk, text), text).toEqual(['Bea'])
    expect(await names(desk, '030 998877')).toEqual(['Kid'])
  })

  test('finds by record number, identifiers and e-mail', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [
      { name: 'Ana', identifiers: [identifier('MRN-000123'), identifier('AB 12/34')] },
      {
        name: 'Ben',
        telecoms: [{ system: 'email', use: null, value: 'Ben.Stiles@Example.org', rank: null }],
      },
    ])
    const desk = clinic.as('reception')
    for (const text of ['mrn-000123', 'MRN000123', '000123', '123', 'ab12/34', 'AB 12/34', '1001']) {
      expect(await names(desk, text), text).toEqual(['Ana'])
    }
    expect(await names(desk, 'ben.stiles@example.org')).toEqual(['Ben'])
    expect(await names(desk, 'ben.stiles@')).toEqual(['Ben'])
    expect(await names(desk, '1002')).toEqual(['Ben'])
  })

  test('reads birth dates as the clinic writes them', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [
      { name: 'Ana Sol', birthDate: '1986-03-14' },
      { name: 'Ana Luz', birthDate: '1986-04-03' },
      { name: 'Old One', birthDate: '1931' },
    ])
    const desk = clinic.as('reception')
    const inLocale = async (locale: string) => {
      const { isDemo: _, rev = 0, oneCareTeam = true, ...settings } = await clinic.as('admin').clinic.get({})
      await clinic.as('admin').clinic.update({ ...settings, rev, oneCareTeam, locale })
    }
    await inLocale('de-DE')
    for (const text of [
      '14.03.1986',
      '14.3.86',
      '14031986',
      '1986-03-14',
      '14. März 1986',
      'ana 14.3.1986',
    ]) {
      expect(await names(desk, text), text).toEqual(['Ana Sol'])
    }
    expect(await names(desk, '3.4.1986')).toEqual(['Ana Luz'])
    expect(await names(desk, '1986')).toHaveLength(2)
    expect(await names(desk, 'märz 1986 ana')).toEqual(['Ana Sol'])
    expect(await names(desk, '1931')).toEqual(['Old One'])
    await inLocale('en-US')
    expect(await names(desk, '3/14/1986')).toEqual(['Ana Sol'])
    expect(await names(desk, '4/3/1986')).toEqual(['Ana Luz'])
    await inLocale('ar-EG')
    expect(await names(desk, '١٤/٣/١٩٨٦')).toEqual(['Ana Sol'])
  })

  test('shows whole words before beginnings, each in the order of a register, and says when there is more', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [
      { name: 'Anabel Zorn', family: 'Zorn', given: 'Anabel' },
      { name: 'Ana Young', family: 'Young', given: 'Ana' },
      { name: 'Anabel Abt', family: 'Abt', given: 'Anabel' },
      { name: 'Ana Étienne', family: 'Étienne', given: 'Ana' },
    ])
    const desk = clinic.as('reception')
    expect(await names(desk, 'ana')).toEqual(['Ana Étienne', 'Ana Young', 'Anabel Abt', 'Anabel Zorn'])
    expect(await desk.patients.search({ text: 'ana', limit: 4 })).toMatchObject({ more: false })
    expect(await desk.patients.search({ text: 'ana', limit: 3 })).toMatchObject({ more: true })
    expect(await names(desk, 'ana', 2)).toEqual(['Ana Étienne', 'Ana Young'])
    expect(await desk.patients.search({ text: 'ana', limit: 1 })).toMatchObject({ more: true })
  })

  test('shows an admin names alone, and the laboratory only patients it is related to', async () => {
    await using clinic = await testClinic()
    const [related] = await registerAll(clinic, [
      { name: 'Ana Sol', birthDate: '1986-03-14', telecoms: [phone('111222333')] },
      { name: 'Ana Luz' },
    ])
    expect((await clinic.as('admin').patients.search({ text: 'sol' })).patients).toEqual([
      {
        id: related,
        name: 'Ana Sol',
        birthDate: null,
        birthDateEstimated: null,
        gender: null,
        recordNumber: null,
        phone: null,
        deceased: null,
        active: null,
      },
    ])
    const lab = clinic.as('lab')
    expect(await names(lab, 'ana')).toEqual([])
    clinic.transact((ctx) => addCareTeam(ctx, related ?? '', [clinic.userId('lab')], 'order'))
    expect(await names(lab, 'ana')).toEqual(['Ana Sol'])
    await expect(clinic.as('researcher').patients.search({ text: 'ana' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('one letter that half the clinic has still finds the few a person is related to', async () => {
    await using clinic = await testClinic()
    const ids = clinic.transact((ctx) =>
      Array.from({ length: 250 }, (_, i) =>
        createPatient(ctx, RegisterPatient.parse({ name: `Ana ${i}`, gender: 'other' })),
      ),
    )
    const lab = clinic.as('lab')
    expect(await names(lab, 'a')).toEqual([])
    clinic.transact((ctx) => {
      addCareTeam(ctx, ids[249] ?? '', [clinic.userId('lab')], 'order')
      addCareTeam(ctx, ids[249] ?? '', [clinic.userId('lab')], 'again')
    })
    expect(await names(lab, 'a')).toEqual(['Ana 249'])
    expect(await names(lab, 'ana 24')).toEqual(['Ana 249'])
    expect(await names(lab, 'ana 17')).toEqual([])
    clinic.transact((ctx) => {
      const row = ctx.read.list((db) => db.selectFrom('care_team_member').select('id'))
      expect(row).toHaveLength(1)
      ctx.write.update(careTeamMember, row[0]?.id ?? '', 'any', { until: ctx.now })
    })
    clinic.tick(1)
    expect(await names(lab, 'a')).toEqual([])
  })

  test('no string breaks it, and none is syntax', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [{ name: 'Ana Sol' }])
    const desk = clinic.as('reception')
    for (const text of [
      '"',
      "'",
      '*',
      'ana*',
      '"ana" OR "x"',
      'NEAR(ana sol)',
      'terms:ana',
      'ana AND',
      '^ana',
      '{a} : b',
      '-ana',
      '\0',
    ]) {
      expect(Array.isArray(await names(desk, text)), text).toBe(true)
    }
    for (const text of naughtyStrings()) {
      const cutTo = text.slice(0, 200)
      expect(Array.isArray(await names(desk, cutTo)), cutTo).toBe(true)
    }
    expect(await names(desk, 'x OR ana')).toEqual([])
  })

  test('a patient with any name at all is registered, and found by each of its words', async () => {
    await using clinic = await testClinic()
    const desk = clinic.as('reception')
    for (const name of naughtyStrings()) {
      const trimmed = name.trim().slice(0, 300)
      if (trimmed === '') continue
      const made = await desk.patients.register({ name: trimmed, gender: 'unknown' })
      const word = trimmed.split(/[^\p{L}\p{M}\p{N}]+/u).find((w) => /^[A-Za-z]{2,12}$/.test(w))
      if (!word || trimmed.length > 60) continue
      const found = await desk.patients.search({ text: `${word} ${made.recordNumber}` })
      expect(
        found.patients.map((p) => p.id),
        trimmed,
      ).toContain(made.id)
    }
  }, 60_000)

  test('never scans the patients, however many there are', async () => {
    await using clinic = await testClinic()
    const db = clinic.raw()
    const planOf = (query: { sql: string; bind: readonly unknown[] }) =>
      (
        db
          .prepare(`explain query plan ${query.sql}`)
          .all(...query.bind.map((b) => (b === 'match' ? '"a"*' : 1))) as {
          detail: string
        }[]
      ).map((row) => row.detail)
    const queries = {
      ...s,
      patientById: q.patientById,
      bannerRow: q.bannerRow,
      isInCareTeam: q.isInCareTeam,
      lastNumber: q.lastNumber,
    }
    for (const [name, query] of Object.entries(queries) as [string, Parameters<typeof planOf>[0]][]) {
      const plan = planOf(query)
      const scans = plan.filter(
        (line) => /^SCAN (?!patient_search VIRTUAL TABLE|hit$)/.test(line) && !/CONSTANT ROW/.test(line),
      )
      expect(scans.length === 0 || name === 'lastNumber', `${name}: ${plan.join(' | ')}`).toBe(true)
    }
    expect(planOf(s.lastOpened).join()).toContain('audit_log_opened')
    expect(planOf(s.patientsByWords)[0]).toMatch(/patient_search VIRTUAL TABLE/)
    expect(planOf(q.patientCounts).join()).toContain('patient_voided')
    db.close()
  })
})

test('property: every beginning of every word, in any order, finds the patient', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const letter = fc.constantFrom(...Array.from('abcdeéüßøñłжмяωαلمحدعب李王小龙민수प्रमशा'))
  const word = fc.string({ unit: letter, minLength: 1, maxLength: 8 }).filter((w) => /^\p{L}/u.test(w))
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), fc.nat(), async (words, seed) => {
      const made = await desk.patients.register({ name: words.join(' '), gender: 'unknown' })
      const typed = words
        .map((w, i) =>
          Array.from(w)
            .slice(0, 1 + ((seed + i) % Array.from(w).length))
            .join(''),
        )
        .reverse()
        .join(' ')
      const found = await desk.patients.search({ text: `${typed} ${made.recordNumber}` })
      expect(found.patients.map((p) => p.id)).toContain(made.id)
    }),
    { numRuns: 60 },
  )
}, 60_000)

describe('before typing', () => {
  test('lists what this person opened last, newest first, each once', async () => {
    await using clinic = await testClinic()
    const [ana, ben, eva] = await registerAll(clinic, [{ name: 'Ana' }, { name: 'Ben' }, { name: 'Eva' }])
    const nurse = clinic.as('nurse')
    expect(await nurse.patients.recent({})).toEqual({ patients: [], total: 3 })
    for (const patientId of [ana, ben, eva, ana]) {
      clinic.tick(1000)
      await nurse.patients.get({ patientId: patientId as never })
    }
    const recent = await nurse.patients.recent({})
    expect(recent.patients.map((p) => p.name)).toEqual(['Ana', 'Eva', 'Ben'])
    expect(recent.patients[0]?.openedAt).toBe(new Date(clinic.now()).toISOString())
    // Somebody else's list is their own; the desk registered all three.
    expect((await clinic.as('reception').patients.recent({})).patients.map((p) => p.name)).toEqual([
      'Eva',
      'Ben',
      'Ana',
    ])
    expect((await clinic.as('doctor').patients.recent({})).patients).toEqual([])
  })

  test('a chart that was refused is not on the list', async () => {
    await using clinic = await testClinic({ oneCareTeam: false })
    const [ana] = await registerAll(clinic, [{ name: 'Ana' }])
    const doctor = clinic.as('doctor')
    await expect(doctor.patients.get({ patientId: ana as never })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await doctor.patients.recent({})).patients).toEqual([])
  })
})

describe('the duplicate warning', () => {
  const twin: Partial<Register> & { name: string } = {
    name: 'María José Núñez',
    birthDate: '1986-03-14',
    telecoms: [phone('+34 600 123 456')],
    identifiers: [identifier('NIF 12345678Z')],
  }

  test('says why somebody may be the same person', async () => {
    await using clinic = await testClinic()
    await registerAll(clinic, [twin, { name: 'Nuno Marques', birthDate: '1986-03-14' }, { name: 'Ana Sol' }])
    const similar = async (input: Partial<CallerInputOf<(typeof patients)['procedures']['findSimilar']>>) =>
      (await clinic.as('reception').patients.findSimilar({ name: '', ...input })).map((p) => [
        p.name,
        p.because.toSorted(),
      ])
    expect(await similar({ name: 'nunez maria jose' })).toEqual([['María José Núñez', ['name']]])
    expect(await similar({ name: 'Maria Nunes', birthDate: '1986-03-14' })).toEqual([
      ['María José Núñez', ['birth-date', 'name']],
    ])
    expect(await similar({ name: 'X', phone: '600123456' })).toEqual([['María José Núñez', ['phone']]])
    expect(await similar({ name: 'X', identifiers: ['nif-12345678z'] })).toEqual([
      ['María José Núñez', ['identifier']],
    ])
    expect(
      await similar({
        name: 'María José Núñez',
        birthDate: '1986-03-14',
        phone: '0034 600 123 456',
        identifiers: ['12345678Z'],
      }),
    ).toEqual([['María José Núñez', ['birth-date', 'identifier', 'name', 'phone']]])
    // One name of several, or the birth date alone, is shared by many.
    expect(await similar({ name: 'Maria' })).toEqual([])
    expect(await similar({ name: 'Otto', birthDate: '1986-03-14' })).toEqual([])
    expect(await similar({ name: '' })).toEqual([])
  })

  test('puts the likeliest first and leaves out the patient being edited', async () => {
    await using clinic = await testClinic()
    const [own, other] = await registerAll(clinic, [twin, { ...twin, telecoms: [], identifiers: [] }])
    const desk = clinic.as('reception')
    const asked = { name: twin.name, birthDate: '1986-03-14', phone: '600123456' }
    expect((await desk.patients.findSimilar(asked)).map((p) => p.id)).toEqual([own, other])
    expect((await desk.patients.findSimilar({ ...asked, except: own as never })).map((p) => p.id)).toEqual([
      other,
    ])
  })

  test.each([
    ['nunez', 'nunes', true],
    ['smith', 'smyth', true],
    ['jonson', 'johnson', true],
    ['maria', 'mraia', true],
    ['anna', 'hanna', true],
    ['ana', 'ann', false],
    ['smith', 'smithson', false],
    ['o', 'o', false],
  ])('%s and %s alike: %s', (a, b, expected) => {
    expect(alike(a, b)).toBe(expected)
    expect(alike(b, a)).toBe(expected)
  })
})

/** The Big List of Naughty Strings where the data folder is, and a handful of its kind everywhere. */
function naughtyStrings(): string[] {
  const own = [
    'NULL',
    '1;DROP TABLE patient',
    "' OR 1=1 --",
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '田中さんにあげて下さい',
    '👾 🙇 💁 🙅',
    'Ω≈ç√∫˜µ≤≥÷',
    '﷽',
    'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
    '\u202etest\u202e',
    '\ufeff',
    'ﾟ･✿ヾ╲(｡◕‿◕｡)╱✿･ﾟ',
    '%s%n',
    '\ud800',
  ]
  const file = `${process.env.OSLER_EXTRA_DATA ?? '../shared/data'}/text/blns.json`
  return existsSync(file) ? [...own, ...(JSON.parse(readFileSync(file, 'utf8')) as string[])] : own
}
