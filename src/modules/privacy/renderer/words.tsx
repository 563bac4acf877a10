// Words and marks several screens of privacy share.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Tag, type Tone } from '#ui/Marks.tsx'
import type { PrivacyRequest } from '../shared/contract.ts'
import { privacyTexts } from './i18n.ts'

const tones: Record<PrivacyRequest['state'], Tone> = {
  open: 'info',
  granted: 'ok',
  partly: 'warn',
  refused: 'neutral',
  withdrawn: 'neutral',
}

export function usePrivacyWords() {
  return { t: useTexts(privacyTexts), f: useFormats() }
}

export function StateTag({ state }: { state: PrivacyRequest['state'] }) {
  const { t } = usePrivacyWords()
  return <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>
}

interface DueMarkProps {
  readonly request: Pick<PrivacyRequest, 'dueOn' | 'state'>
  readonly today: string
  /** Where no head of a column says that it is the day by which an answer is due. */
  readonly isAlone?: boolean
}

/** Red where an open request is past its day. */
export function DueMark({ request, today, isAlone = false }: DueMarkProps) {
  const { t, f } = usePrivacyWords()
  const date = f.date(request.dueOn)
  if (request.state !== 'open') return isAlone ? null : <span className="os-dim">{date}</span>
  if (request.dueOn >= today) return <span>{isAlone ? t('list.dueOn', { date }) : date}</span>
  return (
    <Tag tone="bad" strong>
      {t('list.overdue', { date })}
    </Tag>
  )
}
