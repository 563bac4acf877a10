// Says in words whether what was typed is kept. Failure is loud, is read aloud, and offers the way out.
import { Error as ErrorIcon, Tick } from '@blueprintjs/icons'
import { useEffect, useState } from 'react'
import { copyText } from '#renderer/api/copies.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { intlLocale } from '#renderer/i18n/intl.ts'
import { Button } from '#ui/Button.tsx'
import { showToast } from '#ui/toast.ts'
import { plainTextOf } from '../shared/document.ts'
import { notesTexts } from './i18n.ts'
import type { Journal, JournalState } from './journal.ts'

export interface JournalLineProps {
  readonly journal: Journal
  readonly state: JournalState
  /** When the draft was last kept before this screen opened it; `null` for a new one. */
  readonly openedFrom: string | null
}

/** Quiet, beside the title. */
export function JournalLine({ state, openedFrom }: Omit<JournalLineProps, 'journal'>) {
  const t = useTexts(notesTexts)
  const f = useFormats()
  const nowMs = useNow(state.kind === 'kept' || state.kind === 'untouched')
  if (state.kind === 'failed') return null
  const words = (): string => {
    if (state.kind === 'untouched')
      return openedFrom ? t('journal.untouched', { ago: f.ago(openedFrom) }) : t('journal.new')
    if (state.kind !== 'kept') return t('journal.keeping')
    const seconds = Math.floor((nowMs - state.at) / 1000)
    return seconds < 1 ? t('journal.now') : t('journal.ago', { ago: shortAgo(seconds, f.locale) })
  }
  return (
    <span className="note-kept" data-testid="journal" data-state={state.kind}>
      {state.kind === 'kept' ? <Tick size={12} aria-hidden="true" /> : null}
      {words()}
    </span>
  )
}

/** Loud, under the head of the note. */
export function NotSaved({ journal, state }: Omit<JournalLineProps, 'openedFrom'>) {
  const t = useTexts(notesTexts)
  const words = useErrorText()
  if (state.kind !== 'failed') return null
  const text = (): string => {
    if (state.code === 'INVALID_INPUT') return t('journal.tooLong')
    if (state.code === 'UNAVAILABLE') return t('journal.unreachable')
    return t('journal.stopped', { why: words({ code: state.code, details: {} }) })
  }
  const copy = () =>
    copyText(plainTextOf(journal.newest().body)).then(
      () => showToast({ text: t('journal.copied') }),
      // A window that may not use the clipboard still shows the text, which can be marked and copied by hand.
      () => undefined,
    )
  return (
    <div className="note-failed" role="alert" data-testid="journal" data-state="failed">
      <ErrorIcon aria-hidden="true" />
      <span className="os-grow">{text()}</span>
      <Button small onClick={() => journal.retryNow()}>
        {t('journal.retry')}
      </Button>
      <Button small onClick={() => void copy()}>
        {t('journal.copy')}
      </Button>
    </div>
  )
}

function shortAgo(seconds: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(intlLocale(locale), { style: 'narrow', numeric: 'always' })
  if (seconds < 60) return relative.format(-seconds, 'second')
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
  return relative.format(-Math.floor(seconds / 3600), 'hour')
}

/** The time now, second by second: the words count along. */
function useNow(isOn: boolean): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOn])
  return nowMs
}
