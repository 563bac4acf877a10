// One medicine in full: what it says, what happened to it, what may be done with it now.
import { type ReactNode, useState } from 'react'
import { usePatientContext } from '#modules/patients/renderer/api.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { OutputOf } from '#shared/contract.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Facts } from '#ui/Facts.tsx'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import { type Medicine, medicineStatuses } from '../shared/shapes.ts'
import { EndDialog, type EndDialogProps } from './EndDialog.tsx'
import { useRxWords } from './use-rx-words.ts'
import { startTask } from './tasks.ts'

type Full = OutputOf<(typeof prescribing)['procedures']['medicine']>

export interface MedicineDialogProps {
  readonly patientId: PatientId
  readonly id: string
  readonly onClose: () => void
}

export function MedicineDialog({ patientId, id, onClose }: MedicineDialogProps) {
  const { t } = useRxWords()
  const common = useTexts(commonTexts)
  const full = useRead(prescribing, 'medicine', { patientId, id })
  return (
    <Dialog
      title={full.data?.medicine.label ?? t('medicine.title')}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          {full.data ? <Acts patientId={patientId} medicine={full.data.medicine} onClose={onClose} /> : null}
          <Button onClick={onClose} kbd="Escape">
            {common('act.close')}
          </Button>
        </>
      }
    >
      <QueryView query={full}>{(data) => <Whole full={data} />}</QueryView>
    </Dialog>
  )
}

const isKnown = (status: string): status is (typeof medicineStatuses)[number] =>
  (medicineStatuses as readonly string[]).includes(status)

function useStatus() {
  const { t } = useRxWords()
  return (medicine: Medicine) => {
    const status = isKnown(medicine.status) ? t(`medicine.status.${medicine.status}`) : medicine.status
    const { statusReason: reason } = medicine
    if (reason === null) return status
    const isWord = reason === 'changed' || reason === 'renewed'
    return `${status}: ${isWord ? t(`medicine.reason.${reason}`) : reason}`
  }
}

function Whole({ full: { medicine, earlier, overrides } }: { full: Full }) {
  const { t, f, directions, quantity } = useRxWords()
  const status = useStatus()
  const words = medicine.sig ? directions(medicine.sig) : (medicine.sigText ?? t('medicine.noDirections'))
  const rows: (readonly [string, ReactNode])[] = [
    [t('medicine.directions'), <bdi key="d">{words}</bdi>],
    [t('medicine.asTyped'), medicine.sig ? <bdi key="t">{medicine.sigText}</bdi> : null],
    [t('medicine.status'), status(medicine)],
    [t('medicine.quantity'), medicine.quantity ? quantity(medicine.quantity) : null],
    [
      t('medicine.refills'),
      medicine.refillsAllowed
        ? t('medicine.refillsOf', { left: medicine.refillsLeft ?? 0, allowed: medicine.refillsAllowed })
        : null,
    ],
    [t('medicine.prescriber'), medicine.reported ? t('taken.reported') : medicine.prescriber],
    [t('medicine.since'), medicine.authoredOn ? f.clinicalTime(medicine.authoredOn, 'date') : null],
    [t('medicine.ended'), medicine.endedOn ? f.clinicalTime(medicine.endedOn, 'date') : null],
    [t('medicine.for'), medicine.reason],
    [t('medicine.note'), medicine.note],
  ]
  return (
    <div className="rx-facts">
      <Facts rows={rows} />
      {overrides.length > 0 ? (
        <>
          <h3>{t('medicine.overrides')}</h3>
          <ul>
            {overrides.map((o) => (
              <li key={o.id}>
                {t('medicine.override', {
                  substance: o.substance,
                  other: o.other,
                  reason: o.reason,
                  name: o.prescriberName,
                  at: f.instant(o.at, 'date'),
                })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {earlier.length > 0 ? (
        <>
          <h3>{t('medicine.earlier')}</h3>
          <ul>
            {earlier.map((m) => (
              <li key={m.id}>
                <bdi>{m.label}</bdi> <bdi className="os-dim">{m.sig ? directions(m.sig) : m.sigText}</bdi>{' '}
                <span className="os-dim">
                  {[m.authoredOn ? f.clinicalTime(m.authoredOn, 'date') : null, status(m)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

interface ActsProps {
  readonly patientId: PatientId
  readonly medicine: Medicine
  readonly onClose: () => void
}

const current = new Set(['active', 'on-hold', 'unknown'])

function Acts({ patientId, medicine, onClose }: ActsProps) {
  const { t } = useRxWords()
  const may = useMay()
  const [ending, setEnding] = useState<EndDialogProps['how'] | null>(null)
  const acts = useMedicineActs(patientId, medicine)
  const { id, status } = medicine
  const isCurrent = current.has(status)
  const isReplaced = medicine.statusReason === 'changed' || medicine.statusReason === 'renewed'
  const mayResume = status === 'on-hold' || (status === 'stopped' && !isReplaced)
  const prescribe = (how: 'changed' | 'renewed') =>
    startTask({ kind: 'prescribe', patientId, start: { id, how } })
  return (
    <div className="rx-medacts os-grow">
      {may('prescriptions.C') && isCurrent ? (
        <>
          <Button intent="primary" onClick={() => prescribe('renewed')}>
            {t('taken.renew')}
          </Button>
          <Button onClick={() => prescribe('changed')}>{t('taken.change')}</Button>
        </>
      ) : null}
      {may('prescriptions.C') && status === 'active' && (medicine.refillsLeft ?? 0) > 0 ? (
        <Button onClick={acts.giveRefill}>{t('medicine.refill')}</Button>
      ) : null}
      {may('prescriptions.U') ? (
        <>
          {isCurrent ? <Button onClick={() => setEnding('stop')}>{t('taken.stop')}</Button> : null}
          {status === 'active' ? (
            <Button onClick={() => setEnding('hold')}>{t('medicine.pause')}</Button>
          ) : null}
          {mayResume ? <Button onClick={acts.resume}>{t('medicine.resume')}</Button> : null}
          {isCurrent ? (
            <Button variant="minimal" onClick={acts.switchLongTerm}>
              {t(medicine.longTerm ? 'medicine.notLongTerm' : 'medicine.makeLongTerm')}
            </Button>
          ) : null}
        </>
      ) : null}
      {medicine.prescriptionId ? (
        <Button
          variant="minimal"
          onClick={() => startTask({ kind: 'script', patientId, id: medicine.prescriptionId ?? '' })}
        >
          {t('medicine.script')}
        </Button>
      ) : null}
      {may('prescriptions.C') && medicine.reported && isCurrent ? (
        <Button variant="minimal" onClick={() => setEnding('withdraw')}>
          {t('medicine.withdraw')}
        </Button>
      ) : null}
      {ending ? (
        <EndDialog
          patientId={patientId}
          medicine={medicine}
          how={ending}
          onClose={() => setEnding(null)}
          {...(ending === 'withdraw' ? { onDone: onClose } : {})}
        />
      ) : null}
    </div>
  )
}

function useMedicineActs(patientId: PatientId, medicine: Medicine) {
  const { t } = useRxWords()
  const words = useErrorText()
  const { forWrite } = usePatientContext(patientId)
  const onError = (error: Parameters<typeof words>[0]) => showToast({ tone: 'bad', text: words(error) })
  const resume = useAct(prescribing, 'resume', {
    onDone: () => showToast({ text: t('medicine.resumed') }),
    onError,
  })
  const takeBack = useAct(prescribing, 'takeBackRefill', {
    onDone: () => showToast({ text: t('medicine.refillBack') }),
    onError,
  })
  const refill = useAct(prescribing, 'giveRefill', {
    onDone: ({ refillId }) =>
      showToast({ text: t('medicine.refilled'), undo: () => takeBack.start({ patientId, refillId }) }),
    onError,
  })
  const longTerm = useAct(prescribing, 'setLongTerm', { onError })
  const { id, rev } = medicine
  const ref = () => ({ patientId: forWrite(patientId) as PatientId, id, rev })
  return {
    resume: () => resume.start(ref()),
    giveRefill: () => refill.start({ patientId: forWrite(patientId) as PatientId, id }),
    switchLongTerm: () => longTerm.start({ ...ref(), longTerm: !medicine.longTerm }),
  }
}
