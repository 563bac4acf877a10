// On Today, for those who look after backups: red once the newest good one is a day old (BAK-01).
import { useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { backups } from '../shared/contract.ts'
import { useBackupWords } from './words.ts'

export function LateBanner() {
  const may = useMay()
  return may('backups.M') ? <Late /> : null
}

function Late() {
  const { t } = useBackupWords()
  const f = useFormats()
  const navigate = useNavigate()
  const { data } = useRead(backups, 'overview', {}, { everyMs: 10 * 60_000 })
  if (!data || data.late === 'no' || data.isDemo) return null
  return (
    <Notice tone="bad" title={t('late.title', { hours: f.number(Math.floor(data.ageHours)) })}>
      {t('late.text')}{' '}
      <Button small onClick={() => void navigate('/admin/backups')}>
        {t('late.open')}
      </Button>
    </Notice>
  )
}
