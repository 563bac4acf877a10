// A typed date at the precision at which it is known; what was understood is shown in words under the box.
import { useEffect, useState } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { formatDate } from '#renderer/i18n/intl.ts'
import { type DateProblem, exampleDate, parseDateInput } from '#shared/date-input.ts'
import { withoutDirectionMarks } from '#shared/date-words.ts'
import type { FieldBase } from './Field.tsx'
import { TextField } from './TextField.tsx'

export interface DateFieldProps extends FieldBase {
  /** YYYY, YYYY-MM or YYYY-MM-DD; `null` while empty or not understood. */
  readonly value: string | null
  /** `problem` tells an empty box from one that cannot be read; a form must not save while it is set. */
  readonly onChange: (value: string | null, problem: DateProblem | null) => void
  readonly allowFuture?: boolean
  readonly autoFocus?: boolean
  /** Where no date is an answer too (a filter): stands in the empty box, and no example below it. */
  readonly empty?: string
  /** Beside the understood date, for example the age. */
  readonly describe?: (date: string) => string | null
}

export function DateField(props: DateFieldProps) {
  const { value, onChange, allowFuture = false, describe, hint, error } = props
  const t = useTexts(commonTexts)
  const { locale, today, date: inWords } = useFormats()
  const [typed, setTyped] = useState(() => (value ? asTyped(value, locale) : ''))
  const [isLeft, setLeft] = useState(false)
  const options = { locale, today, allowFuture }
  const result = parseDateInput(typed, options)
  const understood = result.ok ? result.date : null

  // A value set from outside (a draft brought back, a form emptied) replaces what stands in the box.
  useEffect(() => {
    if (value !== null && value !== understood) setTyped(asTyped(value, locale))
    if (value === null && result.ok) setTyped('')
    // Only a change from outside counts, not what is being typed.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [value])

  const change = (text: string) => {
    setTyped(text)
    setLeft(false)
    const next = parseDateInput(text, options)
    onChange(next.ok ? next.date : null, next.ok || next.problem === 'empty' ? null : next.problem)
  }
  const example = exampleDate(locale)
  const problem = !result.ok && result.problem !== 'empty' && isLeft ? result.problem : null
  const extra = understood ? describe?.(understood) : null
  const words = understood ? [inWords(understood, 'long'), extra].filter(Boolean).join(' · ') : null
  return (
    <TextField
      label={props.label}
      optional={props.optional}
      hideLabel={props.hideLabel}
      className={props.className}
      value={typed}
      onChange={change}
      onBlur={() => setLeft(true)}
      inputMode="text"
      dir="ltr"
      placeholder={props.empty ?? example}
      autoFocus={props.autoFocus ?? false}
      error={problem ? t(`date.${problem}`, { example }) : error}
      hint={words ?? hint ?? (props.empty === undefined ? t('date.hint', { example }) : undefined)}
    />
  )
}

/** In the clinic's own digits and order, so that it can be edited as it would be typed. */
function asTyped(date: string, locale: string): string {
  if (date.length === 4) return date
  return withoutDirectionMarks(formatDate(date, locale, 'short'))
}
