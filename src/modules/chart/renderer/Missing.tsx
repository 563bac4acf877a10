// The patient of this address is not there, or not this person's to see: the two are not told apart.
import { useNavigate } from 'react-router'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/States.tsx'
import { chartTexts } from './i18n.ts'

export function Missing() {
  const t = useTexts(chartTexts)
  const go = useNavigate()
  return (
    <EmptyState
      title={t('chart.missing')}
      text={t('chart.missingText')}
      action={
        <Button intent="primary" onClick={() => void go('/patients')}>
          {t('chart.toPatients')}
        </Button>
      }
    />
  )
}
