// PRIV-01 at length: a record of 20,000 measurements as C-CDA, within time and memory and without keeping others waiting.
import { expect, test } from 'vitest'
import { faultsOf } from '#testkit/ccda.ts'
import { everyNode, readXml } from '#testkit/xml.ts'
import { ccdaPieces, type RecordAsCcda } from '#modules/privacy/main/ccda/document.ts'

const uuid = (kind: number, n: number) => `01934b6a-000${kind}-7000-8000-${String(n).padStart(12, '0')}`
const visits = 1_000
const measurements = 20_000

function longRecord(): RecordAsCcda {
  const day = (n: number) => new Date(Date.UTC(2005, 0, 1 + n * 7, 9)).toISOString()
  return {
    documentId: uuid(0, 0),
    language: 'en',
    country: 'US',
    timeZone: 'Asia/Riyadh',
    now: '2026-11-26T07:44:30.000Z',
    version: '1',
    clinic: { id: uuid(0, 1), name: 'Clinic', address: ['Street 1'], phone: '1', email: null },
    recipient: 'The patient',
    person: {
      patient: { id: uuid(0, 2), name_text: 'Long Record', gender: 'female', record_number: '7' },
      names: [],
      identifiers: [],
      telecoms: [],
      addresses: [],
      contacts: [],
    },
    rows: new Map<string, readonly Record<string, string | number>[]>([
      [
        'encounter',
        Array.from({ length: visits }, (_, n) => ({
          id: uuid(1, n),
          status: 'finished',
          class_code: 'AMB',
          type_display: 'Check-up of the usual kind',
          period_start: day(n),
          period_end: day(n),
        })),
      ],
      [
        'observation',
        Array.from({ length: measurements }, (_, n) => ({
          id: uuid(2, n),
          status: 'final',
          category: n % 2 === 0 ? 'vital-signs' : 'laboratory',
          code_system: 'http://loinc.org',
          code: '2823-3',
          code_display: `Potassium, serum or plasma ${n % 40}`,
          effective_at: day(n % visits),
          encounter_id: uuid(1, n % visits),
          value_kind: 'quantity',
          value_number: 4.1,
          value_text: '4.10',
          value_unit: 'mmol/L',
          value_ucum: 'mmol/L',
          range_low: 3.5,
          range_high: 5.1,
          performer_display: 'The laboratory',
        })),
      ],
    ]),
    flagsOf: () => [],
    amendments: [],
    withheld: [],
    originals: [],
    isRestricted: false,
    hasSubstanceUse: false,
  }
}

test('PRIV-01: 20,000 measurements become C-CDA in seconds, a piece at a time', { timeout: 240_000 }, () => {
  const record = longRecord()
  const chunks: string[] = []
  let longest = 0
  let last = performance.now()
  const started = process.cpuUsage()
  for (const piece of ccdaPieces(record)) {
    chunks.push(piece)
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  // Time of the processor: others work on this machine too.
  const seconds = process.cpuUsage(started).user / 1e6
  const text = chunks.join('')
  process.stderr.write(
    `C-CDA of ${measurements} measurements: ${seconds.toFixed(1)} s of processor time, ${(text.length / 2 ** 20).toFixed(1)} MB, longest piece ${longest.toFixed(0)} ms\n`,
  )
  expect(seconds).toBeLessThan(40)
  expect(longest).toBeLessThan(1_000)
  const document = readXml(text)
  expect(faultsOf(document).slice(0, 5)).toEqual([])
  const results = [...everyNode(document)].filter(
    (node) => node.attributes.root === '2.16.840.1.113883.10.20.22.4.27',
  )
  // Each template is written with its date and without.
  expect(results).toHaveLength(measurements)
})
