// What the clinic refused, beside the field it is about.
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { profileTexts } from './i18n.ts'

export interface FieldErrors {
  readonly of: (field: string) => string | null
  /** For the foot of the dialog: what belongs to no field. */
  readonly rest: string | null
}

export function useFieldErrors(error: ApiError | null): FieldErrors {
  const t = useTexts(profileTexts)
  const words = useErrorText()
  const field = error?.code === 'IMPOSSIBLE_VALUE' ? error.details.field : undefined
  const text = error?.details.reason === 'before-onset' ? t('error.beforeOnset') : t('error.future')
  return {
    of: (name) => (name === field ? text : null),
    rest: error && field === undefined ? words(error) : null,
  }
}
