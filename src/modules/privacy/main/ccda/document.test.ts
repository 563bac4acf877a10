// PRIV-01: whatever words stand in a record, its C-CDA document is well-formed and gives them back as they are.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, placeIn } from '#testkit/ccda.ts'
import { at, readXml, textOf } from '#testkit/xml.ts'
import { ccdaPieces, type RecordAsCcda } from './document.ts'
import { createXmlWriter, el } from './xml.ts'

/** Any code units at all: control characters, halves of pairs, markup, references that look escaped already. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(
        '&lt;',
        '&amp;amp;',
        ']]>',
        '<!--',
        '-->',
        '<?xml',
        '\r\n',
        '\r',
        '\t',
        '\n',
        '\u0000',
        '"',
        "'",
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))

/** What XML has no place for, as another hand would write it down. */
function shown(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code === 9 || code === 10 || code === 13) return character
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    const isHalf = code >= 0xd800 && code <= 0xdfff
    return isHalf || code === 0xfffe || code === 0xffff ? '\uFFFD' : character
  }).join('')
}

const uuid = (n: number) => `01934b6a-0000-7000-8000-${String(n).padStart(12, '0')}`

function recordWith(text: string, more: Partial<RecordAsCcda> = {}): RecordAsCcda {
  const row = (n: number, columns: object) => ({ id: uuid(n), encounter_id: uuid(5), ...columns })
  const noted = (n: number, columns: object) => row(n, { note: text, ...columns })
  const body = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'bold' }] }] }],
  }
  return {
    documentId: uuid(0),
    language: 'en',
    country: 'US',
    timeZone: 'Asia/Riyadh',
    now: '2026-11-26T07:44:30.000Z',
    version: '1',
    clinic: { id: uuid(99), name: text, address: [text], phone: text, email: text },
    recipient: text,
    person: {
      patient: {
        id: uuid(1),
        name_text: text,
        family: text,
        given: text,
        gender: text,
        record_number: text,
        language: text,
      },
      names: [{ name_text: text, use: text }],
      identifiers: [{ system: text, value: text }],
      telecoms: [{ system: text, value: text }],
      addresses: [{ lines: text, city: text }],
      contacts: [{ name_text: text, relationship: text, phone: text }],
    },
    rows: new Map([
      [
        'condition',
        [
          noted(2, {
            code_display: text,
            code: text,
            code_system: text,
            severity_display: text,
            onset: text,
          }),
        ],
      ],
      [
        'allergy_intolerance',
        [noted(3, { code_display: text, manifestations: JSON.stringify([text]), severity: text })],
      ],
      [
        'medication_request',
        [
          noted(4, {
            medication_display: text,
            dosage_text: text,
            status: text,
            dose_value: 1,
            dose_unit: text,
          }),
        ],
      ],
      ['encounter', [row(5, { type_display: text, status: text, class_code: text, period_start: text })]],
      [
        'observation',
        [
          noted(6, {
            code_display: text,
            category: 'vital-signs',
            value_kind: 'quantity',
            value_text: text,
            value_unit: text,
            value_ucum: text,
          }),
          noted(7, {
            code_display: text,
            value_kind: 'string',
            value_text: text,
            interpretation: text,
            range_text: text,
          }),
        ],
      ],
      ['composition', [row(8, { title: text, author_name: text, body: JSON.stringify(body) })]],
      ['immunization', [noted(9, { vaccine_display: text, lot_number: text })]],
      ['procedure', [noted(10, { code_display: text, body_site: text })]],
      ['something_else', [row(11, { created_at: text })]],
    ]),
    flagsOf: () => [],
    amendments: [],
    withheld: [],
    originals: [{ id: uuid(12), type: text, at: text, isMapped: false }],
    isRestricted: false,
    hasSubstanceUse: false,
    ...more,
  }
}

const documentOf = (record: RecordAsCcda) => readXml([...ccdaPieces(record)].join(''))

test('PRIV-01: any words at all make a well-formed C-CDA document that gives them back exactly', () => {
  fc.assert(
    fc.property(words, fc.constantFrom('en' as const, 'ar' as const), (text, language) => {
      const document = documentOf(recordWith(text, { language }))
      expect(faultsOf(document)).toEqual([])
      const place = placeIn(document)
      for (const where of [2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `r${uuid(n)}.what`))
        expect(textOf(place(where) ?? document), where).toBe(shown(text))
      for (const where of [`r${uuid(2)}.note`, `r${uuid(4)}.directions`, `r${uuid(3)}.reactions.0`])
        expect(textOf(place(where) ?? document), where).toBe(shown(text))
      expect(textOf(place(`r${uuid(8)}`) ?? document)).toContain(shown(text))
      const clinic = at(document, 'custodian', 'assignedCustodian', 'representedCustodianOrganization')
      expect(textOf(at(clinic, 'name') ?? document)).toBe(shown(text))
      expect(at(clinic, 'telecom')?.attributes.value).toBe(`tel:${shown(text)}`)
      const isChanged = shown(text) !== text
      expect(textOf(document).includes('Some characters cannot stand') || language === 'ar').toBe(
        isChanged || language === 'ar',
      )
    }),
    { numRuns: process.env.OSLER_NIGHT === '1' ? 1_000 : 40 },
  )
})

test('PRIV-01: the writer leaves out what is not given and nothing else', () => {
  const { write } = createXmlWriter()
  expect(write(el('a', { b: undefined, c: '' }, undefined, [[el('d')], 'x&lt;']))).toBe(
    '<a c=""><d/>x&amp;lt;</a>',
  )
})

test('PRIV-01: a remark of a million characters arrives whole', () => {
  const long = `${'ب<&;'.repeat(2_500)}\n`.repeat(100)
  const rows = new Map([['condition', [{ id: uuid(2), code_display: 'x', note: long }]]])
  const document = documentOf(recordWith('x', { rows }))
  expect(textOf(placeIn(document)(`r${uuid(2)}.note`) ?? document)).toBe(long)
})

test('PRIV-01: times say their zone: instants in UTC, and on the wall clock of the clinic in words', () => {
  const document = documentOf(
    recordWith('x', {
      rows: new Map([
        [
          'encounter',
          [
            {
              id: uuid(5),
              status: 'finished',
              period_start: '2026-03-01T22:30:00.125Z',
              period_end: '2026-03',
            },
          ],
        ],
      ]),
    }),
  )
  const place = placeIn(document)
  const row = textOf(place(`r${uuid(5)}`) ?? document)
  expect(row).toContain('March 2, 2026')
  expect(row).toContain('01:30:00')
  expect(row).toContain('GMT+03:00')
  const text = [
    ...ccdaPieces(
      recordWith('x', {
        rows: new Map([
          [
            'encounter',
            [
              {
                id: uuid(5),
                status: 'finished',
                period_start: '2026-03-01T22:30:00.125Z',
                period_end: '2026-03',
              },
            ],
          ],
        ]),
      }),
    ),
  ].join('')
  expect(text).toContain('<low value="20260301223000.125+0000"/><high value="202603"/>')
})
