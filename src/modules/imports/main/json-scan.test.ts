// The scanner against JSON.parse: same verdict on every text, and never a duplicate or dangerous key let through.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '../shared/limits.ts'
import { ScanFault, scanJson } from './json-scan.ts'

const generous = { depth: 10_000, stringBytes: 1e9, entries: 1e9 }

function verdict(text: string, given = generous): string {
  try {
    scanJson(text, given)
    return 'ok'
  } catch (error) {
    if (error instanceof ScanFault) return error.code
    throw error
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Every spelling JSON allows for a key: each character plain, as \uXXXX, or by its short escape. */
const spellings = (key: string, choices: readonly number[]): string =>
  `"${Array.from(key, (c, i) => ((choices[i % choices.length] ?? 0) % 2 === 0 ? escapePlain(c) : escapeHex(c))).join('')}"`
const escapeHex = (c: string) =>
  c.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
const escapePlain = (c: string) => JSON.stringify(c).slice(1, -1)

describe('the scanner agrees with JSON.parse', () => {
  test('on every JSON value', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(3), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent)
        const found = verdict(spaced)
        expect(['ok', 'DANGEROUS_KEY']).toContain(found)
      }),
      { numRuns: 500 },
    )
  })

  test('on arbitrary mutations of JSON text', () => {
    const marks =
      '{ } [ ] , : " \\ "a" "\\u00e9" "\\x" 1 - 0 01 .5 1. 1e5 1E+ -0 true tru null nul false 1e999'
    const piece = fc.constantFrom(...marks.split(' '), ' ', '\n', '\t', '\u00a0', '\u0000', '\ufeff')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const found = verdict(text)
        if (found === 'DUPLICATE_KEY') return
        expect(found === 'ok').toBe(parses(text))
      }),
      { numRuns: 5_000 },
    )
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, at, junk) => {
        const cut = at % (text.length + 1)
        const broken = text.slice(0, cut) + junk + text.slice(cut + (at % 3))
        const found = verdict(broken)
        if (found === 'DUPLICATE_KEY' || found === 'DANGEROUS_KEY') return
        expect(found === 'ok').toBe(parses(broken))
      }),
      { numRuns: 2_000 },
    )
  })

  test('a cut anywhere is a fault with a place inside the text', () => {
    const text =
      '{"resourceType":"Patient","name":[{"family":"\\u00c5s","given":["A",null]}],"multipleBirthInteger":-2.50e1}'
    for (let end = 0; end < text.length; end++) {
      try {
        scanJson(text.slice(0, end), limits)
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(ScanFault)
        expect((error as ScanFault).index).toBeLessThanOrEqual(end)
      }
    }
  })
})

describe('keys', () => {
  test('a repeated key is found however it is spelt', () => {
    fc.assert(
      fc.property(
        fc
          .string({ minLength: 1, maxLength: 8, unit: 'binary' })
          .filter((k) => !/^(__proto__|constructor|prototype)$/.test(k)),
        fc.array(fc.nat(1), { minLength: 1 }),
        fc.array(fc.nat(1), { minLength: 1 }),
        fc.nat(40),
        (key, one, two, between) => {
          const others = Array.from({ length: between }, (_, i) => `"x${i}-${key.length}":${i}`)
          const keys = [`${spellings(key, one)}:1`, ...others, `${spellings(key, two)}:2`]
          if (others.some((o) => parses(`{${o}}`) && Object.keys(JSON.parse(`{${o}}`) as object)[0] === key))
            return
          expect(verdict(`[{"ok":{${keys.join(',')}}}]`)).toBe('DUPLICATE_KEY')
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('the same key in neighbouring objects is no duplicate', () => {
    expect(verdict('[{"a":1},{"a":1,"b":{"a":2}}]')).toBe('ok')
  })

  test.each(['__proto__', 'constructor', 'prototype'])('%s is refused in every spelling', (key) => {
    for (const choices of [[0], [1], [0, 1], [1, 0, 0]]) {
      expect(verdict(`{"a":[{${spellings(key, choices)}:{}}]}`)).toBe('DANGEROUS_KEY')
    }
  })

  test('the place names the path, and repeats nothing that is no FHIR name', () => {
    const at = (text: string) => {
      try {
        scanJson(text, limits)
        return null
      } catch (error) {
        return [(error as ScanFault).path, (error as ScanFault).index]
      }
    }
    expect(at('{"entry":[{},{"resource":{"name":[{"family":"A","family":"B"}]}}]}')).toEqual([
      'entry[1].resource.name[0].family',
      48,
    ])
    expect(at('{"Ana Sol, born 1980":{"a":1,"a":2}}')?.[0]).toBe('?.a')
  })
})

describe('limits', () => {
  test('depth is counted from the root', () => {
    const nested = (n: number) => '['.repeat(n) + ']'.repeat(n)
    expect(verdict(nested(32), limits)).toBe('ok')
    expect(verdict(nested(33), limits)).toBe('TOO_DEEP')
    expect(verdict('{"a":'.repeat(33) + '1' + '}'.repeat(33), limits)).toBe('TOO_DEEP')
  })

  test('a million open brackets cost no stack', () => {
    expect(verdict('['.repeat(1_000_000), limits)).toBe('TOO_DEEP')
  })

  test('string length is counted in bytes', () => {
    const given = { ...generous, stringBytes: 12 }
    expect(verdict('"aaaaaaaaaaaa"', given)).toBe('ok')
    expect(verdict('"aaaaaaaaaaaaa"', given)).toBe('TOO_LONG_STRING')
    expect(verdict('"\u8bca\u8bca\u8bca\u8bca"', given)).toBe('ok')
    expect(verdict('"\u8bca\u8bca\u8bca\u8bca1"', given)).toBe('TOO_LONG_STRING')
    expect(verdict('{"aaaaaaaaaaaaa":1}', given)).toBe('TOO_LONG_STRING')
  })

  test('entries of the bundle are counted, other arrays are not', () => {
    const given = { ...generous, entries: 3 }
    expect(verdict('{"entry":[1,2,3],"link":[1,2,3,4]}', given)).toBe('ok')
    expect(verdict('{"entry":[1,2,3,4]}', given)).toBe('TOO_MANY_ENTRIES')
    expect(verdict('{"contained":[{"entry":[1,2,3,4]}]}', given)).toBe('ok')
  })
})

describe('spans', () => {
  test('give back each resource exactly as it came', () => {
    const one = '{ "resourceType" : "Patient",\n "id":"a" }'
    const two = '{"resourceType":"Observation","valueQuantity":{"value":7.40}}'
    const text = `{"resourceType":"Bundle","entry":[{"resource":${one}},{"request":{"resource":1}},{"fullUrl":"u","r\\u0065source": ${two} }]}`
    const { resources } = scanJson(text, limits)
    expect(resources.map((s) => s && text.slice(s.start, s.end))).toEqual([one, undefined, two])
    expect(resources.map((s) => s?.digitsMatter)).toEqual([false, undefined, true])
  })

  test.each([
    ['7.40', true],
    ['7.4', false],
    ['1e3', true],
    ['100', false],
    ['-5', false],
    ['-0', true],
    ['12345678901234567890', true],
    ['0.1', false],
  ])('digits of %s: kept aside %s', (literal, matter) => {
    expect(scanJson(`{"value":${literal}}`, limits).root.digitsMatter).toBe(matter)
  })
})
