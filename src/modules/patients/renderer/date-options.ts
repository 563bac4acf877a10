// How this clinic reads and writes dates: the same for the form's schema, its fields and the search box.
import { withoutDirectionMarks } from '#shared/date-words.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { formatDate } from '#renderer/i18n/intl.ts'
import type { DateOptions } from './patient-form.ts'

export function useDateOptions(): DateOptions {
  const { locale, today } = useFormats()
  return {
    locale,
    today,
    asTyped: (date) => (date.length === 4 ? date : withoutDirectionMarks(formatDate(date, locale, 'short'))),
  }
}
