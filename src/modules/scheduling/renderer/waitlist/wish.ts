// When somebody who waits could come, in one line.
import type { WaitlistEntry } from '#modules/scheduling/shared/contract.ts'
import { dayWords, weekdayName } from '../day-words.ts'
import type { Words } from '../schedule-view.ts'
import { timeText } from '../time-text.ts'

export function wishWords(entry: WaitlistEntry, provider: string | null, { t, formats }: Words): string {
  const day = (date: string) => dayWords(date, formats.locale, formats.today)
  const parts = [
    provider,
    entry.earliest ? t('wish.from', { day: day(entry.earliest) }) : null,
    entry.latest ? t('wish.until', { day: day(entry.latest) }) : null,
    entry.weekdays.length > 0
      ? formats.list(entry.weekdays.map((weekday) => weekdayName(weekday, formats.locale, 'short')))
      : null,
    entry.from !== null || entry.until !== null
      ? t('visit.fromTo', { from: timeText(entry.from ?? 0), to: timeText(entry.until ?? 1440) })
      : null,
    entry.note,
  ].filter(Boolean)
  return parts.length === 0 ? t('wish.any') : parts.join(' · ')
}
