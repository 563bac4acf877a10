// The words of the chart: screens, names of fields, codes of the record.
import { defineTexts, useTexts } from '#renderer/i18n/define.ts'
import type { FieldName } from '../shared/fields.ts'
import * as arabic from './codes-ar.ts'
import * as english from './codes-en.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const chartTexts = defineTexts('chart', en, ar)
export const codeTexts = defineTexts(
  'chart-codes',
  { ...english.codes, ...english.fields },
  { ...arabic.codes, ...arabic.fields },
)

const isKnown = (key: string): key is keyof typeof english.codes => key in english.codes

export interface Codes {
  /** A code of the record in words; what is not known is shown as it came. */
  readonly code: (code: string, field?: FieldName) => string
  readonly field: (name: FieldName) => string
}

export function useCodes(): Codes {
  const t = useTexts(codeTexts)
  return {
    code: (code, field) => {
      const key = field === 'interpretation' ? `value.${code}` : `code.${code}`
      return isKnown(key) ? t(key) : code
    },
    field: (name) => t(`field.${name}`),
  }
}
