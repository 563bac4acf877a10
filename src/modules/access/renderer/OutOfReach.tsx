// In place of a chart that is not there or not this person's to see: clinicians find the way in for emergencies, and what
// nobody needs an emergency for. That the patient exists at all is not told before it is used.
import { type ReactNode, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Notice } from '#ui/States.tsx'
import { access } from '../shared/contract.ts'
import { EmergencyDialog } from './EmergencyDialog.tsx'
import { accessTexts } from './i18n.ts'
import './access.css'

export interface OutOfReachProps {
  readonly patientId: PatientId
  readonly onOpened: () => void
  /** What anybody sees there. */
  readonly children: ReactNode
}

export function OutOfReach({ patientId, onOpened, children }: OutOfReachProps) {
  const t = useTexts(accessTexts)
  const may = useMay()
  const [isAsking, setIsAsking] = useState(false)
  const [seesSafety, setSeesSafety] = useState(false)
  if (!may('breakGlass.C')) return children
  return (
    <>
      {children}
      <div className="acc-narrow os-stack">
        <Notice tone="info">
          <div className="os-stack">
            <p>{t('emergency.offer')}</p>
            <div className="acc-acts">
              <Button intent="danger" onClick={() => setIsAsking(true)}>
                {t('emergency.button')}
              </Button>
              <Button onClick={() => setSeesSafety(true)}>{t('safety.button')}</Button>
            </div>
          </div>
        </Notice>
        {seesSafety ? <SafetySet patientId={patientId} /> : null}
      </div>
      {isAsking ? (
        <EmergencyDialog patientId={patientId} onClose={() => setIsAsking(false)} onOpened={onOpened} />
      ) : null}
    </>
  )
}

function SafetySet({ patientId }: { patientId: PatientId }) {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  const { data, error } = useRead(access, 'safetySet', { patientId })
  if (error) return <Notice tone="bad" title={words(error)} />
  if (!data) return null
  const allergies = data.allergies.items.map((line) => line.substance)
  const noAllergies = data.allergies.state === 'none-known' ? t('safety.noneKnown') : t('safety.none')
  return (
    <Card title={data.name === '' ? t('safety.title') : data.name}>
      <div className="os-stack">
        <p className="os-hint">{t('safety.hint')}</p>
        <Lines title={t('safety.allergies')} lines={allergies} none={noAllergies} />
        <Lines
          title={t('safety.medicines')}
          lines={data.medicines.map((line) => [line.display, line.dosageText].filter(Boolean).join(', '))}
          none={t('safety.none')}
        />
        <Lines
          title={t('safety.alerts')}
          lines={data.alerts.map((flag) => flag.text)}
          none={t('safety.none')}
        />
      </div>
    </Card>
  )
}

function Lines({ title, lines, none }: { title: string; lines: readonly string[]; none: string }) {
  return (
    <section aria-label={title}>
      <h3 className="os-label">{title}</h3>
      {lines.length === 0 ? (
        <p className="os-dim">{none}</p>
      ) : (
        <ul className="acc-lines">
          {lines.map((line) => (
            <li key={line}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
