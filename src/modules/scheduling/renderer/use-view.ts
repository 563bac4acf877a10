// What of the schedule is shown, kept in the address: so that Back, a reload after unlocking, and a link lead there again.
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useFormats } from '#renderer/i18n/format.ts'
import { LocalDate } from '#shared/time.ts'
import { addDays, weekdayOf } from '#shared/zoned-time.ts'

export type Span = 'day' | 'week'

export interface View {
  readonly date: string
  readonly span: Span
  /** `all` providers, `rooms`, or the id of one provider or room. */
  readonly show: string
}

export interface ViewState extends View {
  /** Monday of the week where a week is shown. */
  readonly firstDate: string
  readonly change: (change: Partial<View>) => void
  readonly step: (direction: 1 | -1) => void
}

export function useView(): ViewState {
  const { today } = useFormats()
  const [params, setParams] = useSearchParams()
  const read = LocalDate.safeParse(params.get('day'))
  const date = read.success ? read.data : today
  const span: Span = params.get('span') === 'week' ? 'week' : 'day'
  const show = params.get('show') ?? 'all'
  return useMemo(() => {
    const change = (more: Partial<View>) => {
      const next = { date, span, show, ...more }
      const address = new URLSearchParams()
      if (next.date !== today) address.set('day', next.date)
      if (next.span !== 'day') address.set('span', next.span)
      if (next.show !== 'all') address.set('show', next.show)
      setParams(address, { replace: true })
    }
    return {
      date,
      span,
      show,
      firstDate: span === 'week' ? addDays(date, 1 - weekdayOf(date)) : date,
      change,
      step: (direction) => change({ date: addDays(date, direction * (span === 'week' ? 7 : 1)) }),
    }
  }, [date, span, show, today, setParams])
}
