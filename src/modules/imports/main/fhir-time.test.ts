// Dates keep the precision at which they are known; instants become UTC; what is no date is refused.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Instant, isPartialDate } from '#shared/time.ts'
import { parseFhirDate, parseFhirTime } from './fhir-time.ts'

describe('FHIR time', () => {
  test.each([
    ['1970', '1970'],
    ['1970-03', '1970-03'],
    ['1970-03-30', '1970-03-30'],
    ['2012-03-01T08:15:00+01:00', '2012-03-01T07:15:00.000Z'],
    ['2011-05-28T00:39:23.348+00:00', '2011-05-28T00:39:23.348Z'],
    ['2013-06-08T09:57:34.2112Z', '2013-06-08T09:57:34.211Z'],
    ['2014-08-16T05:31Z', '2014-08-16T05:31:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999Z'],
    ['2015-02-07T13:28:17-05:00', '2015-02-07T18:28:17.000Z'],
    ['2013-01-01T00:30:00+14:00', '2012-12-31T10:30:00.000Z'],
    ['0001-01-01T00:00:00+05:00', '0001-01-01'],
    ['2020-05-05T10:00:00', '2020-05-05'],
  ])('%s is written %s', (given, expected) => {
    expect(parseFhirTime(given)?.text).toBe(expected)
  })

  test.each([
    '',
    '0000',
    '1970-13',
    '2021-02-29',
    '2020-05-05T24:00:00Z',
    '2020-05-05T10Z',
    '20200505',
    '70',
    'now',
  ])('%j is no time', (given) => {
    expect(parseFhirTime(given)).toBeUndefined()
  })

  test('a date with a time of day is no birth date', () => {
    expect(parseFhirDate('1980-02-29')).toBe('1980-02-29')
    expect(parseFhirDate('1980-02-29T00:00:00Z')).toBeUndefined()
  })

  test('whatever is accepted is a partial date or an instant, at the same point in time', () => {
    const zone = fc.constantFrom('Z', '+00:00', '-05:00', '+05:30', '+14:00')
    const when = fc.date({ min: new Date('1600-01-01'), max: new Date('2400-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(when, zone, (date, suffix) => {
        const local = `${date.toISOString().slice(0, 23)}${suffix}`
        const parsed = parseFhirTime(local)
        expect(parsed?.ms).toBe(Date.parse(local))
        expect(Instant.safeParse(parsed?.text).success).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9T:Z.+-]{4,26}$/), (text) => {
        const parsed = parseFhirTime(text)
        if (parsed) expect(isPartialDate(parsed.text) || Instant.safeParse(parsed.text).success).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
