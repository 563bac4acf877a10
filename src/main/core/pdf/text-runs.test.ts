// Order, fonts and ends of lines, without any drawing.
import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'
import { familiesFor } from './fonts.ts'
import { breakOffsets } from './line-break.ts'
import { prepare, textOf, visualRuns } from './text-runs.ts'

const style = { size: 10, weight: 'regular', color: '#000' } as const
const bold = { ...style, weight: 'bold' } as const

/** Runs from left to right as they are shaped; a run that runs to the left is marked. */
function shown(
  spans: readonly (string | { text: string; style: typeof style | typeof bold })[],
  base: 'ltr' | 'rtl',
): string[] {
  const styled = spans.map((span) => (typeof span === 'string' ? { text: span, style } : span))
  const p = prepare(
    styled,
    base,
    () => true,
    () => {},
  )
  return visualRuns(p, 0, p.text.length)
    .map((run) => (run.level % 2 === 1 ? `<${textOf(p, run)}` : textOf(p, run)))
    .filter((text) => text !== '' && text !== '<')
    .reduce<string[]>(joined, [])
}

/** Fonts part runs too; here only directions count. */
function joined(done: string[], run: string): string[] {
  const last = done.at(-1)
  if (last === undefined || last.startsWith('<') !== run.startsWith('<')) return [...done, run]
  return [...done.slice(0, -1), run.startsWith('<') ? run + last.slice(1) : last + run]
}

const pieces = (text: string) => {
  const at = [0, ...breakOffsets(text), text.length]
  return at.slice(1).map((end, n) => text.slice(at[n], end))
}

test('a sentence in Arabic runs from the right, numbers and Latin words inside it from the left', () => {
  expect(shown(['فاتورة رقم 12 من ACME اليوم'], 'rtl')).toEqual([
    '< اليوم',
    'ACME',
    '< من ',
    '12',
    '<فاتورة رقم ',
  ])
})

test('Arabic-Indic digits keep their order', () => {
  expect(shown(['في ١٢٫٥٠ يوم'], 'rtl')).toEqual(['< يوم', '١٢٫٥٠', '<في '])
})

test('brackets turn with the direction', () => {
  expect(shown(['(الأصل)'], 'rtl')).toEqual(['<)الأصل('])
})

test('each span keeps its own order beside the others: a phone number on an Arabic paper', () => {
  expect(shown(['الهاتف ', '+966 11 555 0100'], 'rtl')).toEqual(['+966 11 555 0100', '<الهاتف '])
  expect(shown(['Patient ', 'محمد', ' 41'], 'ltr')).toEqual(['Patient ', '<محمد', ' 41'])
})

test('a name cannot turn what stands after it', () => {
  const evil = 'Ana \u202e\u2067\u2069\u2069'
  expect(cleanText(evil)).toBe('Ana ')
  expect(shown([evil, '10 mg'], 'ltr').join('')).toBe('Ana 10 mg')
})

test('text is brought into one form and rid of controls', () => {
  expect(cleanText('A\u0308rztin\u0000\u0007\tX\r\nY\ud800')).toBe('Ärztin X\nY\ufffd')
})

test('scripts have fonts of their own; Latin and digits look the same beside all of them', () => {
  const first = (text: string) => familiesFor(text)[0]
  expect(['a', '5', '(', 'Ж', 'ệ'].map(first)).toEqual(['sans', 'sans', 'sans', 'sans', 'sans'])
  expect(['ع', '٣', '،', 'ש', 'श्री', 'ปี', '王', '，'].map(first)).toEqual([
    'arabic',
    'arabic',
    'arabic',
    'hebrew',
    'devanagari',
    'thai',
    'sc',
    'sans',
  ])
})

test('lines end between words, Chinese characters and Thai words, and never before a stop', () => {
  expect(pieces('take one, daily')).toEqual(['take ', 'one, ', 'daily'])
  expect(pieces('Anna-Maria 2-3')).toEqual(['Anna-', 'Maria ', '2-3'])
  expect(pieces('饭后服用。谢谢')).toEqual(['饭', '后', '服', '用。', '谢', '谢'])
  expect(pieces('รับประทานยา').length).toBeGreaterThan(1)
  expect(pieces('رقم ١٢')).toEqual(['رقم ', '١٢'])
  expect(pieces('12\u00a0mg')).toEqual(['12\u00a0mg'])
})
