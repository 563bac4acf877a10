// Words several screens of reminders share: how long before, how it stands, and why.
import { intlLocale } from '#renderer/i18n/intl.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Tag, type Tone } from '#ui/Marks.tsx'
import type { LogEntry, SendState } from '../shared/contract.ts'
import { remindersTexts } from './i18n.ts'

const tones: Record<SendState, Tone> = {
  planned: 'info',
  sending: 'info',
  sent: 'ok',
  failed: 'bad',
  unclear: 'warn',
  skipped: 'neutral',
}

export function StateTag({ entry }: { entry: Pick<LogEntry, 'state' | 'handled'> }) {
  const t = useTexts(remindersTexts)
  return <Tag tone={entry.handled ? 'neutral' : tones[entry.state]}>{t(`state.${entry.state}`)}</Tag>
}

export function useReminderWords() {
  const t = useTexts(remindersTexts)
  const f = useFormats()
  const span = (minutes: number): string => {
    const [value, unit] =
      minutes % 1440 === 0
        ? ([minutes / 1440, 'day'] as const)
        : minutes % 60 === 0
          ? ([minutes / 60, 'hour'] as const)
          : ([minutes, 'minute'] as const)
    return f.number(value, { style: 'unit', unit, unitDisplay: 'long' })
  }
  return {
    t,
    f,
    lead: (minutes: number) => t('lead.before', { span: span(minutes) }),
    /** Minutes after midnight as a clock shows them. */
    wallTime: (minutes: number) =>
      new Intl.DateTimeFormat(intlLocale(f.locale), { timeStyle: 'short', timeZone: 'UTC' }).format(
        minutes * 60_000,
      ),
    /** Why it stands as it does, in a sentence; empty where the state says all. */
    why: (entry: Pick<LogEntry, 'state' | 'reason' | 'dueAt' | 'tries'>): string => {
      if (entry.reason) return t(`reason.${entry.reason}`)
      if (entry.state !== 'planned') return ''
      const due = t('state.plannedFor', { time: f.instant(entry.dueAt, 'short-date-time') })
      return entry.tries > 0 ? `${due} · ${t('state.tries', { count: entry.tries })}` : due
    },
  }
}

/** Its own name of a language in the language of the screen. */
export function languageWords(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([intlLocale(locale)], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
