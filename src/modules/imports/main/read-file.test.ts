// One file in all its shapes: single resource, Bundle, NDJSON, gzip, BOM; originals kept byte for byte; limits.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../shared/limits.ts'
import { originalOf } from './staged.ts'
import { readBytes, readTestFile, testData } from '#testkit/read-fhir.ts'

const patient = { resourceType: 'Patient', id: 'p', name: [{ text: 'Ana Sol' }] }
const weight = {
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'Weight' },
  subject: { reference: 'Patient/p' },
  valueQuantity: { value: 7.4, unit: 'kg' },
}
const bundle = (...resources: unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
})

describe('shapes of a file', () => {
  test('a single resource', async () => {
    const { resources, entries, problems } = await readBytes(JSON.stringify(patient))
    expect({ entries, problems }).toEqual({ entries: 1, problems: [] })
    expect(resources.map((r) => [r.place, r.key, r.title])).toEqual([
      ['', ['source', 'Patient', 'p'], 'Ana Sol'],
    ])
  })

  test('a Bundle of every type, also of none', async () => {
    for (const type of [
      'transaction',
      'batch',
      'collection',
      'searchset',
      'document',
      'history',
      'message',
    ]) {
      const { resources, problems } = await readBytes(JSON.stringify({ ...bundle(patient, weight), type }))
      expect([resources.length, problems.length]).toEqual([2, 0])
    }
    const odd = await readBytes(JSON.stringify({ ...bundle(patient), type: 'parcel' }))
    expect(odd.resources).toHaveLength(1)
    expect(odd.problems).toEqual([{ code: 'UNKNOWN_BUNDLE_TYPE', place: 'type', detail: null }])
    expect(await readBytes('{"resourceType":"Bundle","type":"searchset"}')).toMatchObject({
      entries: 0,
      refused: null,
    })
  })

  test('NDJSON of resources and Bundles, cut into chunks anywhere', async () => {
    const text = [patient, weight, bundle(patient, weight)].map((r) => JSON.stringify(r)).join('\r\n\n')
    const bytes = Buffer.from(text)
    for (const size of [1, 7, 64, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      const { resources, entries } = await readBytes(chunks, 'bulk.ndjson')
      expect(entries).toBe(4)
      expect(resources.map((r) => r.place).sort()).toEqual([
        'line 1',
        'line 3',
        'line 5, entry[0]',
        'line 5, entry[1]',
      ])
    }
  })

  test('NDJSON that is called .json', async () => {
    const { resources } = await readBytes(`${JSON.stringify(patient)}\n${JSON.stringify(weight)}\n`)
    expect(resources).toHaveLength(2)
  })

  test('gzip is known by its first bytes, whatever the name', async () => {
    const gz = gzipSync(JSON.stringify(bundle(patient, weight)))
    expect((await readBytes([gz.subarray(0, 1), gz.subarray(1)])).resources).toHaveLength(2)
    const lines = gzipSync(`${JSON.stringify(patient)}\n${JSON.stringify(weight)}`)
    expect((await readBytes(lines, 'x.ndjson.gz')).resources).toHaveLength(2)
  })

  test('a byte order mark is dropped', async () => {
    expect((await readBytes(`\ufeff${JSON.stringify(patient)}`)).resources).toHaveLength(1)
  })

  test('originals and digests are those of the text as it came', async () => {
    const text = '{ "resourceType" : "Patient",\n\t"id":"p", "extension":[{"url":"u","valueDecimal":1.50}]\n}'
    const { resources } = await readBytes(
      `{"resourceType":"Bundle","type":"batch","entry":[{"resource":${text}}]}`,
    )
    expect(originalOf(resources[0]?.content ?? new Uint8Array())).toBe(text)
    expect(resources[0]?.digest).toBe(createHash('sha256').update(text).digest('hex'))
  })
})

describe('entries', () => {
  test('an entry without a resource is listed with its place, the others are taken', async () => {
    const entry = [
      { request: { method: 'DELETE', url: 'Patient?name=Ana' } },
      { resource: patient },
      null,
      7,
      { resource: null },
      { resource: [] },
      { resource: { id: 'x' } },
      { resource: { resourceType: 'not a type' } },
    ]
    const { resources, problems, entries } = await readBytes(JSON.stringify({ ...bundle(), entry }))
    expect(entries).toBe(8)
    expect(resources.map((r) => r.place)).toEqual(['entry[1]'])
    expect(problems).toEqual([
      { code: 'ENTRY_WITHOUT_RESOURCE', place: 'entry[0]', detail: 'DELETE' },
      { code: 'ENTRY_WITHOUT_RESOURCE', place: 'entry[2]', detail: null },
      { code: 'ENTRY_WITHOUT_RESOURCE', place: 'entry[3]', detail: null },
      { code: 'INVALID_RESOURCE', place: 'entry[4].resource', detail: null },
      { code: 'INVALID_RESOURCE', place: 'entry[5].resource', detail: null },
      { code: 'INVALID_RESOURCE', place: 'entry[6].resource', detail: null },
      { code: 'INVALID_RESOURCE', place: 'entry[7].resource', detail: null },
    ])
  })

  test('the same id twice with other content is noted', async () => {
    const { problems, resources } = await readBytes(
      JSON.stringify(
        bundle(patient, { ...patient, gender: 'female' }, patient, { ...patient, gender: 'female' }),
      ),
    )
    expect(resources).toHaveLength(4)
    expect(problems.map((p) => [p.code, p.place])).toEqual([
      ['SAME_ID_TWICE', 'entry[1]'],
      ['SAME_ID_TWICE', 'entry[2]'],
      ['SAME_ID_TWICE', 'entry[3]'],
    ])
  })
})

describe('limits', () => {
  test('document, line and bulk file have their own', async () => {
    const text = JSON.stringify(patient)
    const small = { fileBytes: text.length - 1 }
    expect((await readBytes(text, 'a.json', small)).refused?.code).toBe('TOO_LARGE')
    expect((await readBytes(gzipSync(text), 'a.json', small)).refused?.code).toBe('TOO_LARGE')
    expect((await readBytes(`{"resourceType":"Basic"}\n${text}`, 'a.ndjson', small)).refused).toMatchObject({
      code: 'TOO_LARGE',
      place: 'line 2',
    })
    const lines = Array.from({ length: 10 }, () => text).join('\n')
    expect((await readBytes(lines, 'a.ndjson', { ndjsonBytes: 300 })).refused?.code).toBe('TOO_LARGE')
    expect((await readBytes(lines, 'a.ndjson')).resources).toHaveLength(10)
  })

  test('a gzip bomb is cut off at the cap, not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, 0x20), { level: 9 })
    const before = process.memoryUsage().arrayBuffers
    expect((await readBytes(bomb, 'a.json')).refused?.code).toBe('TOO_LARGE')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('places of faults count bytes, not letters', async () => {
    const { refused } = await readBytes('{"resourceType":"Patient","id":"诊所","id":"x"}')
    expect(refused).toEqual({ code: 'DUPLICATE_KEY', place: 'id, byte 40', detail: null })
    const bad = Buffer.concat([
      Buffer.from('{"resourceType":"Patient","id":"诊'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ])
    expect((await readBytes(bad)).refused).toMatchObject({ code: 'BAD_UTF8', place: 'byte 35' })
  })
})

describe('real files', () => {
  const folders = ['synthea', 'hl7', 'ips']
  const names = folders.flatMap((f) => readdirSync(path.join(testData, f)).map((n) => path.join(f, n)))

  test.each(names)('%s: every resource comes out as it went in', async (name) => {
    const bytes = readFileSync(path.join(testData, name))
    const json = JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as {
      resourceType: string
      entry?: { resource?: unknown }[]
    }
    const given = json.resourceType === 'Bundle' ? (json.entry ?? []).map((e) => e.resource) : [json]
    const { resources, problems, refused } = await readTestFile(name)
    expect(refused).toBeNull()
    const out = resources.map((r) => JSON.parse(originalOf(r.content)) as unknown)
    const sorted = (list: unknown[]) => list.map((r) => JSON.stringify(r)).sort()
    expect(sorted(out)).toEqual(sorted(given.filter((r) => r !== undefined)))
    const missing = given.filter((r) => r === undefined).length
    expect(problems.filter((p) => isRefusal(p.code))).toHaveLength(missing)
  })

  test('a file cut or flipped anywhere is read or refused with a reason, never thrown at us', async () => {
    const files = [
      'hl7/Observation-blood-pressure.json',
      'hl7/Bundle-bundle-references.json',
      'hl7/Patient-example.json',
    ]
    const contents = files.map((f) => readFileSync(path.join(testData, f)))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(contents.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.option(fc.nat()),
        async (which, flips, cut) => {
          const bytes = Buffer.from(contents[which] ?? Buffer.alloc(0))
          for (const [at, value] of flips) bytes[at % bytes.length] = value
          const result = await readBytes(cut === null ? bytes : bytes.subarray(0, cut % bytes.length))
          if (result.refused) return
          const lost = result.problems.filter((p) => isRefusal(p.code)).length
          expect(result.resources.length + lost).toBe(result.entries)
        },
      ),
      { numRuns: 400 },
    )
  })
})
