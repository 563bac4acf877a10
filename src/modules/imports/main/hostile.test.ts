// More than 200 inputs made to hurt (PAR-02): each is refused with its code, or taken with what was wrong left out.
// None may hang, crash the reader or come out half.
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../shared/limits.ts'
import { readBytes, type ReadResult } from '#testkit/read-fhir.ts'

type Given = string | Uint8Array
/** A code: the whole file is refused with it. `entry:CODE`: one entry is. `kept`: kept as source, with a note. `ok`: taken. */
type Expected = string
const cases: [name: string, given: Given, expected: Expected, file?: string][] = []
const add = (expected: Expected, table: Record<string, Given>, file?: string) => {
  for (const [name, given] of Object.entries(table))
    cases.push([name, given, expected, ...(file ? [file] : [])] as never)
}
const each = <T>(items: readonly T[], toRow: (item: T, i: number) => [string, Given]) =>
  Object.fromEntries(items.map(toRow))

const patient = '{"resourceType":"Patient","id":"p"}'
const inBundle = (resource: string) =>
  `{"resourceType":"Bundle","type":"batch","entry":[{"resource":${resource}}]}`
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : Buffer.from(p))))

// Broken JSON.
const whole = inBundle(
  '{"resourceType":"Patient","id":"p","name":[{"family":"Sol","given":["Ana"]}],"active":true}',
)
add(
  'NOT_JSON',
  each([1, 9, 16, 24, 40, 48, 60, 74, 90, 110, 125, whole.length - 1], (n) => [
    `cut at ${n}`,
    whole.slice(0, n),
  ]),
)
add('NOT_JSON', {
  'comma at the end': '{"resourceType":"Patient",}',
  'comma at the start': '{,"resourceType":"Patient"}',
  'two commas': '{"resourceType":"Patient",,"id":"p"}',
  'array comma': '{"resourceType":"Patient","name":[1,]}',
  'no colon': '{"resourceType" "Patient"}',
  'two colons': '{"resourceType"::"Patient"}',
  'single quotes': "{'resourceType':'Patient'}",
  'bare key': '{resourceType:"Patient"}',
  'a comment': '{"resourceType":"Patient"/* p */}',
  'a line comment': '{"resourceType":"Patient"} // p',
  'two documents': `${patient}${patient}`,
  'junk after': `${patient}x`,
  'brackets crossed': '{"resourceType":"Patient","name":[{]}}',
  'raw newline in a string': '{"resourceType":"Pat\nient"}',
  'raw tab in a string': '{"resourceType":"Patient","id":"a\tb"}',
  'raw NUL in a string': '{"resourceType":"Patient","id":"a\u0000b"}',
  'NUL after the end': `${patient}\u0000`,
  'a BOM in the middle': '{"resourceType":\ufeff"Patient"}',
  'no-break space': '{"resourceType":\u00a0"Patient"}',
  'line separator outside': `{"resourceType":\u2028"Patient"}`,
  'bad escape': '{"resourceType":"Patient","id":"\\x41"}',
  'short unicode escape': '{"resourceType":"Patient","id":"\\u12"}',
  'unicode escape with plus': '{"resourceType":"Patient","id":"\\u+123"}',
  'number 01': '{"resourceType":"Patient","x":01}',
  'number 1.': '{"resourceType":"Patient","x":1.}',
  'number .5': '{"resourceType":"Patient","x":.5}',
  'number +1': '{"resourceType":"Patient","x":+1}',
  'number --1': '{"resourceType":"Patient","x":--1}',
  'number 1e': '{"resourceType":"Patient","x":1e}',
  'number 0x10': '{"resourceType":"Patient","x":0x10}',
  NaN: '{"resourceType":"Patient","x":NaN}',
  Infinity: '{"resourceType":"Patient","x":-Infinity}',
  undefined: '{"resourceType":"Patient","x":undefined}',
  TRUE: '{"resourceType":"Patient","x":TRUE}',
  'only a brace': '{',
  'only a quote': '"',
  XML: '<Patient xmlns="http://hl7.org/fhir"><id value="p"/></Patient>',
  HTML: '<!doctype html><title>x</title>',
  CSV: 'id,name\n1,Ana Sol\n',
  'HL7 v2': 'MSH|^~\\&|LAB|X|Y|Z|20200101||ORU^R01|1|P|2.5\r',
  X12: 'ISA*00*          *00*          *ZZ*A              *ZZ*B              *200101*1200*^*00501*1*0*P*:~',
  'a shell script': '#!/bin/sh\nrm -rf /\n',
  PDF: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n',
})
add('EMPTY_FILE', { empty: '', blank: ' \n\t\r\n', 'only a BOM': '\ufeff', 'gzip of nothing': gzipSync('') })

// Not UTF-8.
const utf16 = (text: string, bom: number[]) => bytes(bom, [...Buffer.from(text, 'utf16le')])
add('BAD_UTF8', {
  'lone continuation byte': bytes('{"resourceType":"Patient","id":"', [0x80], '"}'),
  'lone lead byte': bytes('{"resourceType":"Patient","id":"', [0xc3], '"}'),
  'overlong slash': bytes('{"resourceType":"Patient","id":"', [0xc0, 0xaf], '"}'),
  'overlong NUL': bytes('{"resourceType":"Patient","id":"', [0xc0, 0x80], '"}'),
  'encoded surrogate': bytes('{"resourceType":"Patient","id":"', [0xed, 0xa0, 0x80], '"}'),
  'past U+10FFFF': bytes('{"resourceType":"Patient","id":"', [0xf4, 0x90, 0x80, 0x80], '"}'),
  'byte FF': bytes('{"resourceType":"Patient","id":"', [0xff], '"}'),
  'character cut at the end': bytes('{"resourceType":"Patient","id":"', [0xe8, 0xaf]),
  'Latin-1': Buffer.from('{"resourceType":"Patient","id":"Mejía"}', 'latin1'),
  'UTF-16 with BOM': utf16(patient, [0xff, 0xfe]),
  'PNG bytes': bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
  'JPEG bytes': bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]),
})
add('NOT_JSON', {
  'UTF-16 without BOM': utf16(patient, []),
  'ZIP bytes': bytes('PK', [3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3]),
})

// Compressed.
const gz = gzipSync(whole)
const flipped = (at: number) => {
  const copy = Buffer.from(gz)
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}
add(
  'BAD_GZIP',
  each([2, 5, 10, 20, 40, gz.length - 8, gz.length - 1], (n) => [`gzip cut at ${n}`, gz.subarray(0, n)]),
)
add(
  'BAD_GZIP',
  each([gz.length - 1, gz.length - 5], (n) => [`gzip trailer flipped at ${n - gz.length}`, flipped(n)]),
)
add('BAD_GZIP', { 'magic and nothing else': bytes([0x1f, 0x8b]), 'unknown method': flipped(2) })
add('BAD_UTF8', { 'gzip of gzip': gzipSync(gz) })
add('TOO_LARGE', { 'gzip bomb': gzipSync(Buffer.alloc(12 * 1024 * 1024, 0x20)) })

// Deep.
const deep = (n: number, open: string, close: string, inside = '1') =>
  open.repeat(n) + inside + close.repeat(n)
add('TOO_DEEP', {
  '33 arrays': deep(33, '[', ']'),
  '33 objects': deep(33, '{"a":', '}'),
  'a million arrays': '['.repeat(1_000_000),
  'a million objects': '{"a":'.repeat(1_000_000),
  'arrays in an extension': `{"resourceType":"Patient","extension":${deep(40, '[', ']')}}`,
  'extensions in extensions': `{"resourceType":"Patient",${deep(20, '"extension":[{', '}]', '"url":"u"')}}`,
  'items in items': `{"resourceType":"Questionnaire",${deep(16, '"item":[{', '}]', '"linkId":"1"')}}`,
  'bundles in bundles': deep(
    12,
    '{"resourceType":"Bundle","type":"batch","entry":[{"resource":',
    '}]}',
    patient,
  ),
  contained: deep(17, '{"resourceType":"Basic","contained":[', ']}', patient),
  'deep in an ignored part': `{"resourceType":"Bundle","type":"batch","entry":[{"request":${deep(40, '{"a":', '}')}}]}`,
})
add('ok', { '31 arrays in a resource': `{"resourceType":"Basic","x":${deep(31, '[', ']')}}` })

// Names of fields.
const doubled = {
  'at the root': '{"resourceType":"Patient","resourceType":"Observation"}',
  'of the id': '{"resourceType":"Patient","id":"a","id":"b"}',
  'with equal values': '{"resourceType":"Patient","id":"a","id":"a"}',
  'spelt with an escape': '{"resourceType":"Patient","id":"a","\\u0069d":"b"}',
  'spelt with two escapes': '{"resourceType":"Patient","\\u0069\\u0064":"a","id":"b"}',
  'spelt in capitals of hex': '{"resourceType":"Patient","l\\u006Fg":1,"l\\u006fg":2}',
  'spelt with a slash': '{"resourceType":"Patient","a/b":1,"a\\/b":2}',
  'of a surrogate pair': '{"resourceType":"Patient","\ud83d\ude00":1,"\\ud83d\\ude00":2}',
  'empty key': '{"resourceType":"Patient","":1,"":2}',
  'in a name': '{"resourceType":"Patient","name":[{"family":"A","family":"B"}]}',
  'in an entry':
    '{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Basic"},"resource":{"resourceType":"Patient"}}]}',
  'of entry': '{"resourceType":"Bundle","type":"batch","entry":[],"entry":[]}',
  'in a resource': inBundle('{"resourceType":"Patient","gender":"male","gender":"female"}'),
  'in a value': '{"resourceType":"Observation","valueQuantity":{"value":1,"value":10}}',
  'after thirty others': `{"resourceType":"Basic",${Array.from({ length: 30 }, (_, i) => `"k${i}":${i}`).join(',')},"k7":0}`,
  'of a thousand': `{"resourceType":"Basic",${Array.from({ length: 1000 }, (_, i) => `"k${i % 999}":${i}`).join(',')}}`,
  'in an ignored part':
    '{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","method":"DELETE"}}]}',
  'in the second entry': `{"resourceType":"Bundle","type":"batch","entry":[{"resource":${patient}},{"resource":{"resourceType":"Basic","id":"a","id":"b"}}]}`,
}
add('DUPLICATE_KEY', Object.fromEntries(Object.entries(doubled).map(([n, g]) => [`key twice: ${n}`, g])))
for (const key of ['__proto__', 'constructor', 'prototype']) {
  const escaped = Array.from(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  add('DANGEROUS_KEY', {
    [`${key} at the root`]: `{"resourceType":"Patient","${key}":{"active":true}}`,
    [`${key} in a resource`]: inBundle(`{"resourceType":"Patient","name":[{"${key}":{}}]}`),
    [`${key} in escapes`]: `{"resourceType":"Patient","${escaped}":{}}`,
    [`${key} half escaped`]: `{"resourceType":"Patient","${escaped.slice(0, 6)}${key.slice(1)}":1}`,
    [`${key} in an ignored part`]: `{"resourceType":"Bundle","type":"batch","${key}":[]}`,
  })
}

// Long.
const long = 'x'.repeat(1024 * 1024 + 1)
add('TOO_LONG_STRING', {
  'long id': `{"resourceType":"Patient","id":"${long}"}`,
  'long key': `{"resourceType":"Patient","${long}":1}`,
  'long in a resource': inBundle(`{"resourceType":"Binary","data":"${long}"}`),
  'long in three-byte letters': `{"resourceType":"Patient","id":"${'诊'.repeat(350_000)}"}`,
  'long of escapes': `{"resourceType":"Patient","id":"${'\\u0041'.repeat(180_000)}"}`,
})
add('ok', { 'a text of one MiB': `{"resourceType":"Basic","x":"${'x'.repeat(1024 * 1024)}"}` })
add('TOO_MANY_ENTRIES', {
  'entries over the limit': `{"resourceType":"Bundle","type":"batch","entry":[${'{},'.repeat(20_000)}{}]}`,
})
add('TOO_LARGE', {
  'over ten MiB': `{"resourceType":"Basic","x":[${'"0123456789",'.repeat(900_000)}1]}`,
  'blanks over ten MiB': ' '.repeat(10 * 1024 * 1024 + 1),
})

// JSON, but not FHIR.
add('NOT_FHIR', {
  ...each(['null', 'true', '1', '"Patient"', '[]', '{}', '[{"resourceType":"Patient"}]'], (j) => [
    `only ${j}`,
    j,
  ]),
  ...each(
    ['null', '1', '""', '"patient"', '"Pat ient"', '"../Patient"', '["Patient"]', '{}', '"P"', '"Patient1"'],
    (j) => [`resourceType ${j}`, `{"resourceType":${j}}`],
  ),
  'a package.json': '{"name":"x","version":"1.0.0"}',
  GeoJSON: '{"type":"FeatureCollection","features":[]}',
  'a very long type': `{"resourceType":"P${'a'.repeat(100)}"}`,
})
add(
  'INVALID_RESOURCE',
  each(['{}', '"x"', '1', 'true'], (j) => [
    `entry is ${j}`,
    `{"resourceType":"Bundle","type":"batch","entry":${j}}`,
  ]),
)
add(
  'entry:ENTRY_WITHOUT_RESOURCE',
  each(['null', '1', '"x"', '[]', '{}', '{"request":{"method":"GET","url":"Patient/1"}}'], (j) => [
    `an entry is ${j}`,
    `{"resourceType":"Bundle","type":"batch","entry":[${j}]}`,
  ]),
)
add(
  'entry:INVALID_RESOURCE',
  each(
    ['null', '1', '"Patient/1"', '[]', '{}', '{"resourceType":null}', '{"resourceType":"x"}', '{"id":"p"}'],
    (j) => [`a resource is ${j}`, inBundle(j)],
  ),
)

// Lines.
add(
  'NOT_JSON',
  { 'second line broken': `${patient}\n{"resourceType":`, 'line that ends early': `${patient}\n}\n` },
  'a.ndjson',
)
add('NOT_FHIR', { 'a line that is an array': `${patient}\n[]`, 'a line that is a number': '1\n' }, 'a.ndjson')
add(
  'DUPLICATE_KEY',
  { 'key twice on a line': `${patient}\n{"resourceType":"Patient","a":1,"a":2}` },
  'a.ndjson',
)
add('BAD_UTF8', { 'a bad byte on a line': bytes(`${patient}\n{"resourceType":"`, [0xff], '"}') }, 'a.ndjson')
add('EMPTY_FILE', { 'blank lines only': '\n\n \n' }, 'a.ndjson')
add('ok', { 'blank lines between': `\n${patient}\n\n\r\n${patient.replace('"p"', '"q"')}\n\n` }, 'a.ndjson')

// Values of the wrong kind, in every type that is mapped.
const base: Record<string, string> = {
  Observation: '"status":"final","code":{"text":"x"}',
  Condition: '"code":{"text":"x"}',
  Encounter: '"status":"finished","class":{"code":"AMB"}',
  AllergyIntolerance: '"code":{"text":"x"}',
  MedicationRequest: '"status":"active","intent":"order","medicationCodeableConcept":{"text":"x"}',
  Immunization: '"status":"completed","vaccineCode":{"text":"x"}',
  Procedure: '"status":"completed","code":{"text":"x"}',
  DiagnosticReport: '"status":"final","code":{"text":"x"}',
  DocumentReference: '"status":"current","type":{"text":"x"},"content":[{"attachment":{"url":"u"}}]',
  CarePlan: '"status":"active","intent":"plan","title":"x"',
  Practitioner: '"name":[{"family":"x"}]',
  Organization: '"name":"x"',
}
const withField = (type: string, field: string) => {
  const name = /^"([^"]+)"/.exec(field)?.[1] ?? ''
  const rest = (base[type] ?? '')
    .replace(new RegExp(`"${name}":("[^"]*"|\\{[^}]*\\}|\\[[^\\]]*\\]),?`), '')
    .replace(/,$/, '')
  const owner = type === 'Immunization' || type === 'AllergyIntolerance' ? 'patient' : 'subject'
  return `{"resourceType":"${type}","id":"x","${owner}":{"reference":"Patient/p"},${[rest, field].filter(Boolean).join(',')}}`
}
const wrong: Record<string, string[]> = {
  Observation: [
    '"status":"wrong"',
    '"status":1',
    '"status":null',
    '"code":"x"',
    '"code":{}',
    '"code":{"coding":1}',
    '"code":{"coding":["x"]}',
    '"valueQuantity":{"value":"7"}',
    '"valueQuantity":{"value":1e999}',
    '"valueQuantity":[]',
    '"valueQuantity":{"comparator":"~"}',
    '"valueThing":1',
    '"valueString":1',
    '"valueString":"a","valueInteger":1',
    '"valueInteger":1.5',
    '"valueBoolean":"true"',
    '"valueCodeableConcept":{}',
    '"effectiveDateTime":"yesterday"',
    '"effectiveDateTime":"2021-02-30"',
    '"effectivePeriod":"x"',
    '"component":{}',
    '"component":[{}]',
    '"component":[{"code":{"text":"a"},"valueX":1}]',
    '"referenceRange":[1]',
    '"category":"x"',
    '"encounter":"x"',
    '"performer":[7]',
    '"note":"x"',
    '"modifierExtension":[{"url":"u"}]',
    '"implicitRules":"u"',
  ],
  Condition: [
    '"code":[]',
    '"clinicalStatus":{"coding":[{"code":"maybe"}]}',
    '"clinicalStatus":"active"',
    '"verificationStatus":{"text":"sure"}',
    '"onsetDateTime":5',
    '"onsetAge":1',
    '"recordedDate":"20210101"',
  ],
  Encounter: [
    '"status":"over"',
    '"class":[{"coding":[]}]',
    '"period":[]',
    '"period":{"start":"x"}',
    '"participant":{}',
    '"serviceProvider":[]',
    '"reasonCode":[null]',
  ],
  AllergyIntolerance: [
    '"code":null',
    '"category":"food"',
    '"category":[1]',
    '"criticality":"deadly"',
    '"reaction":[{"severity":"bad"}]',
    '"type":1',
  ],
  MedicationRequest: [
    '"status":"on"',
    '"intent":"wish"',
    '"medicationCodeableConcept":{}',
    '"doNotPerform":true',
    '"dosageInstruction":"x"',
    '"dosageInstruction":[{"text":1}]',
    '"dosageInstruction":[{"modifierExtension":[]}]',
    '"authoredOn":"x"',
  ],
  Immunization: [
    '"status":"given"',
    '"vaccineCode":{}',
    '"primarySource":"yes"',
    '"doseQuantity":{"value":"1"}',
    '"expirationDate":"2021-13"',
  ],
  Procedure: ['"status":"ok"', '"code":{"text":" "}', '"performedDateTime":"x"', '"bodySite":{}'],
  DiagnosticReport: [
    '"status":"ready"',
    '"code":1',
    '"result":"x"',
    '"result":[null]',
    '"issued":"x"',
    '"conclusion":[]',
  ],
  DocumentReference: [
    '"status":"x"',
    '"content":{}',
    '"content":[{"attachment":{"size":"1"}}]',
    '"date":"x"',
  ],
  CarePlan: ['"status":"x"', '"intent":null', '"activity":[{"detail":{"doNotPerform":true}}]', '"period":1'],
  Practitioner: ['"telecom":{}', '"active":"yes"', '"qualification":[1]'],
  Organization: ['"name":{}', '"active":0', '"type":"x"'],
}
for (const [type, fields] of Object.entries(wrong)) {
  add(
    'kept',
    each(fields, (f) => [`${type} with ${f}`, withField(type, f)]),
  )
}

// Odd, but no reason to refuse.
const odd = (fields: string) =>
  `{"resourceType":"Observation","status":"final","code":{"text":"x"},${fields}}`
add('ok', {
  'a reference to itself': odd(
    '"id":"o","hasMember":[{"reference":"Observation/o"}],"subject":{"reference":"#"}',
  ),
  'a reference that is a script': odd('"id":"o","subject":{"reference":"javascript:alert(1)"}'),
  'a reference into the file system': odd('"id":"o","subject":{"reference":"file:///etc/passwd"}'),
  'a reference with dots': odd('"id":"o","subject":{"reference":"../../Patient/1"}'),
  'a reference of a megabyte': odd(`"id":"o","subject":{"reference":"Patient/${'a'.repeat(1_000_000)}"}`),
  'a reference of slashes': odd(`"id":"o","subject":{"reference":"http:/${'/A/a'.repeat(250_000)}|"}`),
  'a reference that is a number': odd('"id":"o","subject":{"reference":7}'),
  'a subject that is a text': odd('"id":"o","subject":"Patient/p"'),
  'a subject that is a list of lists': odd('"id":"o","subject":[[["Patient/p"]]]'),
  'a search with broken percents': odd('"id":"o","subject":{"reference":"Patient?identifier=%E0%A4%A|x"}'),
  'a full URL of a megabyte': `{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":"http://${'a/'.repeat(500_000)}","resource":${patient}}]}`,
  'a full URL that is an object': `{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":{},"resource":${patient}}]}`,
  'contained in a ring':
    '{"resourceType":"Observation","status":"final","code":{"text":"x"},"contained":[{"resourceType":"Patient","id":"a","link":[{"other":{"reference":"#a"}}]}],"subject":{"reference":"#a"}}',
  'an id of 300 letters': `{"resourceType":"Basic","id":"${'a'.repeat(300)}"}`,
  'an id that is a number': '{"resourceType":"Basic","id":1}',
  'half a character': '{"resourceType":"Patient","id":"p","name":[{"family":"\\ud800","text":"a\\udc00b"}]}',
  'control characters by escape':
    '{"resourceType":"Patient","id":"p","name":[{"text":"a\\u0000b\\u0007c\\u001bd"}]}',
  'a name of a megabyte': `{"resourceType":"Patient","id":"p","name":[{"text":"${'n'.repeat(1_000_000)}"}]}`,
  'two hundred names': `{"resourceType":"Patient","id":"p","name":[${'{"family":"x"},'.repeat(199)}{"family":"y"}]}`,
  'a type nobody knows': '{"resourceType":"Horoscope","id":"x"}',
  'a resource of lists': '{"resourceType":"Basic","a":[[[[]]]],"b":[{}]}',
  'markup in a text': odd('"id":"o","note":[{"text":"<script>alert(1)</script>"}]'),
  'numbers of 400 digits': odd(`"id":"o","x":${'9'.repeat(400)}`),
  'Object members as keys': '{"resourceType":"Basic","hasOwnProperty":1,"toString":2,"valueOf":3}',
  'a Patient of wrong values':
    '{"resourceType":"Patient","id":"p","name":"Ana","gender":1,"birthDate":"never","telecom":{},"address":[7],"active":"no","contact":[[]]}',
})

async function verdict(result: ReadResult): Promise<Expected> {
  if (result.refused) return result.refused.code
  const lost = result.problems.filter((p) => isRefusal(p.code))
  expect(result.resources.length + lost.length).toBe(result.entries)
  if (lost[0]) return `entry:${lost[0].code}`
  const keeping = ['VALUE_NOT_UNDERSTOOD', 'UNSUPPORTED_RESOURCE_VERSION']
  const notes = result.problems.filter((p) => keeping.includes(p.code))
  if (result.resources.some((r) => r.draft === null && notes.length > 0)) return 'kept'
  return 'ok'
}

describe('hostile input', () => {
  test('there are at least 200', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200)
    expect(new Set(cases.map(([name]) => name)).size).toBe(cases.length)
  })

  test.each(cases)('%s', async (_name, given, expected, file) => {
    const start = performance.now()
    expect(await verdict(await readBytes(given, file ?? 'file.json'))).toBe(expected)
    // Ten times the usual: what would hang for seconds is found on a busy machine too.
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
