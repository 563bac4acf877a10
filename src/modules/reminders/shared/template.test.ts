// Words of a reminder: a closed list, plain text, nothing a name could break.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  builtInTemplates,
  fillTemplate,
  languageFor,
  oneLine,
  type PlaceholderValues,
  unknownPlaceholders,
  visitTimeIn,
} from './template.ts'

const values: PlaceholderValues = {
  'patient.given': 'Ana',
  'patient.name': 'Ana Sol',
  date: 'Monday, 2 March 2026',
  time: '09:30',
  provider: 'Dr Okafor',
  clinic: 'Praxis',
  phone: '+49 30 1',
}

test('what is built in uses known placeholders only and tells nothing about the visit', () => {
  for (const [language, { subject, body }] of Object.entries(builtInTemplates)) {
    expect(unknownPlaceholders(subject + body), language).toEqual([])
    expect(subject + body).not.toMatch(/\{(provider|patient\.name)\}/)
  }
})

test('an unknown placeholder is named', () => {
  expect(unknownPlaceholders('{date} {diagnosis} {patient.birthDate} {}')).toEqual([
    'diagnosis',
    'patient.birthDate',
    '',
  ])
})

test('a line without its value is left out', () => {
  const template = { subject: 'x', body: 'On {date}.\nCall {phone}\n{clinic}' }
  expect(fillTemplate(template, { ...values, phone: '' }, 'en').body).toBe('On Monday, 2 March 2026.\nPraxis')
})

test('values stay values: braces, line ends and turning signs of a name change nothing', () => {
  const name = 'Eve\r\nBcc: all@example.org\u202E {phone}'
  const filled = fillTemplate(
    { subject: 'Hi {patient.given}', body: 'Hi {patient.given}!' },
    { ...values, 'patient.given': name },
    'en',
  )
  expect(filled.subject).toBe('Hi Eve Bcc: all@example.org {phone}')
  expect(filled.body.split('\n')).toHaveLength(1)
})

test('no control sign survives in a line, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const line = oneLine(text)
      return !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(line) && Array.from(line).length <= 200
    }),
  )
})

test('in Arabic a value keeps its own direction; the subject carries no signs', () => {
  const arabic = builtInTemplates.ar ?? { subject: '', body: '' }
  const filled = fillTemplate(arabic, values, 'ar')
  expect(filled.body).toContain('\u2068+49 30 1\u2069')
  expect(filled.subject).not.toMatch(/[\u2066-\u2069]/)
})

test('language: the patient’s, near enough, else the clinic’s, else English', () => {
  expect(languageFor(['en', 'ar'], ['ar-EG', 'de-DE'])).toBe('ar')
  expect(languageFor(['en', 'ar', 'de'], [null, 'de-AT'])).toBe('de')
  expect(languageFor(['en', 'ar'], ['xx', 'fr'])).toBe('en')
  expect(languageFor(['en', 'pt-BR'], ['pt-PT'])).toBe('pt-BR')
})

test('date and time are the clinic’s wall clock, in the reader’s language', () => {
  expect(visitTimeIn('2026-03-02T23:30:00.000Z', 'en', 'Europe/Berlin')).toMatchObject({
    date: 'Tuesday, March 3, 2026',
    time: expect.stringMatching(/^12:30/),
  })
  expect(visitTimeIn('2026-03-02T08:30:00.000Z', 'de', 'Europe/Berlin')).toEqual({
    date: 'Montag, 2. März 2026',
    time: '09:30',
  })
  expect(visitTimeIn('2026-03-02T08:30:00.000Z', 'ar-SA', 'Europe/Berlin').date).toMatch(/مارس/)
})
