// Warnings in line: the tier in words, both sides, the source with its date. Only a serious one asks for a reason.
import { Tag, type Tone } from '#ui/Marks.tsx'
import { TextField } from '#ui/TextField.tsx'
import type { Alert } from '../shared/shapes.ts'
import { useRxWords } from './use-rx-words.ts'

export interface AlertListProps {
  /** null: not known yet. */
  readonly alerts: readonly Alert[] | null
  readonly isFailed?: boolean
  readonly reasons: Readonly<Record<string, string>>
  readonly isTried: boolean
  readonly onReason: (key: string, reason: string) => void
}

export function AlertList({ alerts, isFailed, reasons, isTried, onReason }: AlertListProps) {
  const { t } = useRxWords()
  if (alerts === null) return isFailed ? null : <p className="os-dim os-sm">{t('alert.checking')}</p>
  if (alerts.length === 0) return <p className="os-dim os-sm">{t('alert.none')}</p>
  return (
    <ul className="rx-alerts">
      {alerts.map((alert) => (
        <li key={alert.key} className={`rx-alert rx-alert-${alert.tier}`}>
          <AlertLine alert={alert} />
          {alert.tier === 'serious' ? (
            <TextField
              label={t('alert.reason')}
              value={reasons[alert.key] ?? ''}
              onChange={(reason) => onReason(alert.key, reason)}
              error={isTried && (reasons[alert.key] ?? '').trim().length < 3 ? t('alert.reasonNeeded') : null}
              maxLength={500}
            />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

const tones: Readonly<Record<Alert['tier'], Tone>> = { serious: 'bad', moderate: 'warn', info: 'info' }

export function AlertLine({ alert }: { alert: Alert }) {
  const { t } = useRxWords()
  const key =
    alert.otherLabel === ''
      ? 'alert.hidden'
      : alert.kind === 'allergy'
        ? (`alert.allergy.${alert.basis ?? 'substance'}` as const)
        : (`alert.${alert.kind}` as const)
  const capital = alert.substance.charAt(0).toUpperCase() + alert.substance.slice(1)
  return (
    <p className="rx-alert-line" role={alert.tier === 'serious' ? 'alert' : undefined}>
      <Tag tone={tones[alert.tier]} strong={alert.tier === 'serious'}>
        {t(`alert.${alert.tier}`)}
      </Tag>{' '}
      {t(key, { substance: capital, other: alert.other, medicine: alert.otherLabel })}{' '}
      <span className="os-dim os-sm">
        {alert.source === 'chart'
          ? t('alert.sourceChart')
          : t('alert.source', { source: alert.source, date: alert.sourceDate ?? '' })}
      </span>
    </p>
  )
}
