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

/** Red where an open request is past its day. */
export function DueMark({
  request,
  today,
}: {
  request: Pick<PrivacyRequest, 'dueOn' | 'state'>
  today: string
}) {
  const { t, f } = usePrivacyWords()
  const date = f.date(request.dueOn)
  if (request.state !== 'open') return <span className="os-dim">{date}</span>
  if (request.dueOn >= today) return <span>{date}</span>
  return (
    <Tag tone="bad" strong>
      {t('list.overdue', { date })}
    </Tag>
  )
}
