// The desk: what the patient takes, the medicine being written, the prescription so far. Enter adds, Mod+P signs all of it.
import { useEffect, useRef } from 'react'
import { usePaper } from '#modules/papers/renderer/api.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import { BasketList } from './BasketList.tsx'
import { prescribingTexts } from './i18n.ts'
import { useRxWords } from './use-rx-words.ts'
import { ItemForm } from './ItemForm.tsx'
import { TakenList } from './TakenList.tsx'
import { startTask } from './tasks.ts'
import { type Desk, draftOfMedicine, emptyDraft, useDesk } from './use-desk.ts'

export interface PrescribeDeskProps {
  readonly patientId: PatientId
  readonly start: { readonly id: string; readonly how: 'renewed' | 'changed' } | null
  readonly onClose: () => void
}

export function PrescribeDesk(props: PrescribeDeskProps) {
  const { t } = useRxWords()
  const { patientId, onClose } = props
  const desk = useRead(prescribing, 'open', { patientId }, { staleMs: 0 })
  if (desk.data && !(desk.isFetching && !desk.isFetchedAfterMount))
    return <DeskForm {...props} desk={desk.data} />
  return (
    <Dialog title={t('title')} isOpen onClose={onClose} width="wide">
      <div className="rx-desk">
        <QueryView query={desk}>{() => null}</QueryView>
      </div>
    </Dialog>
  )
}

function DeskForm({ patientId, start, desk, onClose }: PrescribeDeskProps & { desk: Desk }) {
  const { t } = useRxWords()
  const common = useTexts(commonTexts)
  const may = useMay()
  const maySign = may('prescriptions.S')
  const begun = start ? desk.medicines.find((m) => m.id === start.id) : undefined
  const state = useDesk(patientId, desk, begun && start ? draftOfMedicine(begun, start.how) : emptyDraft)
  const paper = usePaper()
  const frame = useRef<HTMLDivElement>(null)
  const toDrug = () => frame.current?.querySelector<HTMLInputElement>('[data-rx-first]')?.focus()
  const isEmpty = state.basket.items.length === 0 && state.draft.drug === null
  const isEarly = useRef(false)
  const sign = async () => {
    if (!maySign) return
    // Pressed while the last medicine is still being added: it waits for that, and is not lost.
    if (state.isBusy) {
      isEarly.current = true
      return
    }
    if (isEmpty) return
    const script = await state.sign()
    if (!script) return
    onClose()
    showToast({
      text: t('sign.done', { number: script.number }),
      action: { label: t('sign.show'), run: () => startTask({ kind: 'script', patientId, id: script.id }) },
    })
    // Signed it is; should the printer fail, the print queue and the script itself print it again.
    void paper.print({ kind: 'prescription', patientId, id: script.id })
  }
  useEffect(() => {
    if (!isEarly.current || state.isBusy) return
    isEarly.current = false
    void sign()
  })
  const renewAll = () => void state.renew('long-term')
  useShortcuts([
    { keys: 'Mod+P', labelKey: prescribingTexts.key('key.sign'), run: () => void sign(), disabled: !maySign },
    { keys: 'Mod+Shift+L', labelKey: prescribingTexts.key('key.renewAll'), run: renewAll },
  ])
  // After each medicine the next one is typed at once.
  const count = state.basket.items.length
  useEffect(() => {
    if (count > 0) frame.current?.querySelector<HTMLInputElement>('[data-rx-first]')?.focus()
  }, [count])
  return (
    <Dialog
      title={t('title')}
      isOpen
      onClose={onClose}
      width="wide"
      onSubmit={() => {
        if (state.draft.drug || state.draft.sigText.trim() !== '') void state.add()
        else toDrug()
      }}
      isBusy={state.isBusy}
      error={state.error}
      actions={
        <>
          <span className="os-dim os-sm os-grow">{t('sign.kept')}</span>
          <Button onClick={onClose} kbd="Escape">
            {common('act.close')}
          </Button>
          {maySign ? (
            <Button
              intent={isEmpty || state.draft.drug ? 'none' : 'primary'}
              kbd="Mod+P"
              onClick={() => void sign()}
              disabled={isEmpty}
              loading={state.isBusy}
            >
              {t('sign.act')}
            </Button>
          ) : (
            <span className="os-dim">{t('sign.only')}</span>
          )}
        </>
      }
    >
      <div className="rx-desk" ref={frame}>
        <Who desk={desk} />
        <div className="rx-columns">
          <TakenList patientId={patientId} desk={desk} state={state} onRenewAll={renewAll} />
          <div className="rx-work">
            <ItemForm patientId={patientId} desk={desk} state={state} />
            <BasketList state={state} />
          </div>
        </div>
      </div>
    </Dialog>
  )
}

/** Who it is and what they must not get: always in sight while one prescribes. */
function Who({ desk }: { desk: Desk }) {
  const { t, f } = useRxWords()
  const { allergies } = desk
  return (
    <div className="rx-who" role="group" aria-label={desk.patientName}>
      <b>
        <bdi>{desk.patientName}</bdi>
      </b>
      {desk.birthDate ? (
        <span className="os-dim">
          {[f.age(desk.birthDate), f.date(desk.birthDate)].filter(Boolean).join(' · ')}
        </span>
      ) : null}
      <span className="os-dim os-num" dir="ltr">
        {desk.recordNumber}
      </span>
      {allergies.state === 'recorded' ? (
        <span className="rx-allergies">
          <span className="os-dim">{t('who.allergies')}</span>
          {allergies.items.map((name) => (
            <Tag key={name} tone="bad">
              <bdi>{name}</bdi>
            </Tag>
          ))}
        </span>
      ) : (
        <Tag tone={allergies.state === 'none-known' ? 'ok' : 'warn'}>
          {t(allergies.state === 'none-known' ? 'who.noneKnown' : 'who.notRecorded')}
        </Tag>
      )}
    </div>
  )
}
