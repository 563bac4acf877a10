// What the patient takes, beside what is being written: renew one, renew all that are long-term, change, stop.
import { useState } from 'react'
import { useMay } from '#renderer/app/access.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import type { Medicine } from '../shared/shapes.ts'
import { useRxWords } from './use-rx-words.ts'
import { EndDialog } from './EndDialog.tsx'
import { startTask } from './tasks.ts'
import { type Desk, type DeskState, draftOfMedicine } from './use-desk.ts'

export interface TakenListProps {
  readonly patientId: PatientId
  readonly desk: Desk
  readonly state: DeskState
  readonly onRenewAll: () => void
}

export function TakenList({ patientId, desk, state, onRenewAll }: TakenListProps) {
  const { t } = useRxWords()
  const [stopping, setStopping] = useState<Medicine | null>(null)
  const inBasket = new Set(state.basket.items.flatMap((item) => item.replaces?.id ?? []))
  const canRenewAll = desk.medicines.some((m) => m.longTerm && m.status === 'active' && !inBasket.has(m.id))
  return (
    <section className="rx-taken" aria-label={t('taken.title')}>
      <header className="rx-head">
        <h3>{t('taken.title')}</h3>
      </header>
      <Button small fill kbd="Mod+Shift+L" onClick={onRenewAll} disabled={!canRenewAll}>
        {t('taken.renewAll')}
      </Button>
      {desk.medicines.length === 0 ? <p className="os-dim">{t('taken.none')}</p> : null}
      <ul>
        {desk.medicines.map((medicine) => (
          <TakenRow
            key={medicine.id}
            medicine={medicine}
            isInBasket={inBasket.has(medicine.id)}
            onRenew={() => void state.renew([medicine.id])}
            onChange={() => state.write(draftOfMedicine(medicine, 'changed'))}
            onStop={() => setStopping(medicine)}
          />
        ))}
      </ul>
      <Button small variant="minimal" onClick={() => startTask({ kind: 'record', patientId })}>
        {t('taken.record')}
      </Button>
      {stopping ? (
        <EndDialog patientId={patientId} medicine={stopping} how="stop" onClose={() => setStopping(null)} />
      ) : null}
    </section>
  )
}

interface TakenRowProps {
  readonly medicine: Medicine
  readonly isInBasket: boolean
  readonly onRenew: () => void
  readonly onChange: () => void
  readonly onStop: () => void
}

function TakenRow({ medicine, isInBasket, onRenew, onChange, onStop }: TakenRowProps) {
  const { t, directions } = useRxWords()
  const may = useMay()
  const name = medicine.label
  return (
    <li className="rx-row">
      <div className="rx-name">
        <bdi>{name}</bdi>
      </div>
      <div className="os-dim os-sm">
        <bdi>
          {medicine.sig ? directions(medicine.sig) : (medicine.sigText ?? t('medicine.noDirections'))}
        </bdi>
      </div>
      <div className="rx-marks">
        {medicine.longTerm ? <Tag>{t('taken.longTerm')}</Tag> : null}
        {medicine.reported ? <Tag>{t('taken.reported')}</Tag> : null}
        {medicine.status === 'on-hold' ? <Tag tone="warn">{t('taken.onHold')}</Tag> : null}
        {medicine.refillsLeft !== null && medicine.refillsAllowed ? (
          <span className="os-dim os-sm">{t('taken.refillsLeft', { count: medicine.refillsLeft })}</span>
        ) : null}
      </div>
      {isInBasket ? (
        <Tag tone="info">{t('taken.inBasket')}</Tag>
      ) : (
        <div className="rx-acts">
          <Button small onClick={onRenew} label={t('taken.renewLabel', { name })}>
            {t('taken.renew')}
          </Button>
          <Button small onClick={onChange} label={t('taken.changeLabel', { name })}>
            {t('taken.change')}
          </Button>
          {may('prescriptions.U') ? (
            <Button small variant="minimal" onClick={onStop} label={t('taken.stopLabel', { name })}>
              {t('taken.stop')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}
