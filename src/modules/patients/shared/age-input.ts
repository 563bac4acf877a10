// Reads an age as people say it ("40", "7 months", "3 w", "٤٠ سنة") and turns it into an estimated birth date.
// Dates themselves are read by #shared/date-input.ts.

export type AgeUnit = 'year' | 'month' | 'week' | 'day'

export interface TypedAge {
  readonly value: number
  readonly unit: AgeUnit
}

/** Beginnings of the words for each unit, English and Arabic; longer ones first where one begins another. */
const unitWords: readonly [RegExp, AgeUnit][] = [
  [/^(y|yr|yrs|year|years|yo|y\/?o|years old|سنة|سنوات|سنين|عام|عاما|عامًا|أعوام|اعوام|س)$/u, 'year'],
  [/^(m|mo|mos|mth|mths|month|months|months old|شهر|أشهر|اشهر|شهور|شهرا|شهرًا|ش)$/u, 'month'],
  [/^(w|wk|wks|week|weeks|weeks old|أسبوع|اسبوع|أسابيع|اسابيع|أسبوعا|أسبوعًا)$/u, 'week'],
  [/^(d|day|days|days old|يوم|أيام|ايام|يوما|يومًا|ي)$/u, 'day'],
]

/** `null` where the text is not an age. A number of up to three digits alone means years. */
export function parseAge(typed: string): TypedAge | null {
  const text = typed
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .trim()
    .toLowerCase()
  const match = /^(\d{1,3})\s*(\D*)$/u.exec(text)
  if (!match) return null
  const value = Number(match[1])
  const word = (match[2] ?? '').replace(/\.$/, '').trim()
  if (word === '') return { value, unit: 'year' }
  const unit = unitWords.find(([pattern]) => pattern.test(word))?.[1]
  return unit ? { value, unit } : null
}

const oldestYears = 130
const perYear: Record<AgeUnit, number> = { year: 1, month: 12, week: 53, day: 366 }

export const isPossibleAge = ({ value, unit }: TypedAge): boolean => value <= oldestYears * perYear[unit]

/**
 * The birth date an age stands for on `today` (YYYY-MM-DD), at the precision the age carries:
 * years give a year, months a month, weeks and days a day. It is always an estimate.
 */
export function birthDateOfAge({ value, unit }: TypedAge, today: string): string {
  const [year = 1, month = 1, day = 1] = today.split('-').map(Number)
  const pad = (n: number, width: number) => String(n).padStart(width, '0')
  if (unit === 'year') return pad(year - value, 4)
  if (unit === 'month') {
    const months = year * 12 + (month - 1) - value
    return `${pad(Math.floor(months / 12), 4)}-${pad((months % 12) + 1, 2)}`
  }
  const at = new Date(Date.UTC(year, month - 1, day - value * (unit === 'week' ? 7 : 1)))
  return at.toISOString().slice(0, 10)
}
