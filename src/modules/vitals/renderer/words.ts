// Signs, marks and problems of vital signs in words.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { LastValue } from '../shared/last-values.ts'
import type { Interpretation } from '../shared/ranges.ts'
import type { Impossible, Reading } from '../shared/rules.ts'
import { type SignKey, signs } from '../shared/signs.ts'
import { convert, roundTo, type UnitCode, units } from '../shared/units.ts'
import { vitalsTexts } from './i18n.ts'

/** The sign beside the word: colour never speaks alone. */
export const arrowOf: { readonly [I in Interpretation]: string } = {
  LL: '↓↓',
  L: '↓',
  N: '',
  H: '↑',
  HH: '↑↑',
}

export function useVitalWords() {
  const t = useTexts(vitalsTexts)
  const f = useFormats()
  const nameOf = (part: Impossible['part']) =>
    part === 'systolic' || part === 'diastolic' ? t(`part.${part}`) : t(`sign.${part}`)
  const impossible = ({ part, low, high, unit }: Impossible) => {
    if (part === 'bmi') return t('problem.body')
    const values = {
      name: nameOf(part),
      low: f.number(low),
      high: f.number(high),
      unit: units[unit].label,
    }
    return t('problem.impossible', values)
  }
  return {
    t,
    f,
    impossible,
    problem: (reading: Reading): string | null => {
      if (reading.kind === 'unreadable') return t('problem.unreadable', { example: reading.example })
      return reading.kind === 'impossible' ? impossible(reading.impossible) : null
    },
    /** In the unit that is being typed, so that the two can be compared. */
    last: (last: LastValue, sign: SignKey, unit: UnitCode): string => {
      const said = (value: number) => {
        const isSame = last.unit === unit
        return isSame
          ? String(value)
          : String(roundTo(convert(value, last.unit, unit) ?? value, Math.max(1, signs[sign].decimals)))
      }
      const value = last.second === null ? said(last.value) : `${said(last.value)}/${said(last.second)}`
      return t('last.value', { value, unit: units[unit].label })
    },
    when: (at: string) => f.clinicalTime(at, 'date'),
  }
}
