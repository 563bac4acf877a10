// On the Today page while a second factor is still to be set up: by when, and the way there.
import { useNavigate } from 'react-router'
import { useMe } from '#renderer/api/session-store.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { signInTexts } from './i18n.ts'

export function DueCard() {
  const t = useTexts(signInTexts)
  const { instant } = useFormats()
  const me = useMe()
  const navigate = useNavigate()
  if (me.hasSecondFactor || !me.secondFactorDueAt) return null
  return (
    <Notice tone="info" title={t('due.title', { date: instant(me.secondFactorDueAt, 'date') })}>
      <p>{t('due.text')}</p>
      <Button onClick={() => void navigate('/account')}>{t('factor.setUp')}</Button>
    </Notice>
  )
}
