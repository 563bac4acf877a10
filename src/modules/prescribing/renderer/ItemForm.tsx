// One medicine: found, its directions read while they are typed, how many, and what speaks against it.
import { useAct, useRead } from '#renderer/api/hooks.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import { AlertList } from './AlertList.tsx'
import { DrugBox } from './DrugBox.tsx'
import { useRxWords } from './use-rx-words.ts'
import { SigBox } from './SigBox.tsx'
import { type Desk, type DeskState, emptyDraft, readQuantity, readRefills, useAlerts } from './use-desk.ts'

export interface ItemFormProps {
  readonly patientId: PatientId
  readonly desk: Desk
  readonly state: DeskState
}

export function ItemForm({ patientId, desk, state }: ItemFormProps) {
  const { draft } = state
  return (
    <div className="rx-item">
      {draft.drug ? <Chosen desk={desk} state={state} /> : <DrugBox state={state} />}
      {draft.drug ? <Details patientId={patientId} state={state} /> : null}
    </div>
  )
}

function Chosen({ desk, state }: { desk: Desk; state: DeskState }) {
  const { t } = useRxWords()
  const { drug, replaces } = state.draft
  const prior = replaces ? desk.medicines.find((m) => m.id === replaces.id) : undefined
  return (
    <div className="rx-chosen">
      <span className="os-grow">
        <b>
          <bdi>{drug?.label}</bdi>
        </b>{' '}
        {prior && replaces ? (
          <Tag tone="info">
            {t(replaces.how === 'changed' ? 'item.changing' : 'item.renewing', { name: prior.label })}
          </Tag>
        ) : null}
      </span>
      {/* A change may be to another strength: the old row is still the one that ends. */}
      <Button small variant="minimal" onClick={() => state.change({ drug: null, reasons: {} })}>
        {t('drug.other')}
      </Button>
    </div>
  )
}

function Details({ patientId, state }: { patientId: PatientId; state: DeskState }) {
  const { t, quantity } = useRxWords()
  const { draft, counted, isTried } = state
  const alerts = useAlerts(patientId, draft)
  const isBadQuantity = readQuantity(draft.quantity, null) === 'bad'
  return (
    <>
      <SigBox state={state} />
      <div className="rx-numbers">
        <TextField
          label={t('field.quantity')}
          optional
          value={draft.quantity}
          onChange={(value) => state.change({ quantity: value })}
          placeholder={counted ? quantity(counted) : ''}
          hint={
            counted && draft.quantity === ''
              ? t('field.quantityCounted', { quantity: quantity(counted) })
              : undefined
          }
          error={isBadQuantity ? t('field.quantityBad') : null}
          inputMode="decimal"
          dir="ltr"
          maxLength={10}
        />
        <TextField
          label={t('field.refills')}
          optional
          value={draft.refills}
          onChange={(value) => state.change({ refills: value })}
          error={readRefills(draft.refills) === 'bad' ? t('field.refillsBad') : null}
          inputMode="numeric"
          dir="ltr"
          maxLength={2}
        />
        <TextField
          label={t('field.note')}
          optional
          value={draft.note}
          onChange={(value) => state.change({ note: value })}
          maxLength={500}
        />
      </div>
      <Checkbox checked={draft.longTerm} onChange={(longTerm) => state.change({ longTerm })}>
        {t('field.longTerm')}
      </Checkbox>
      <AlertList
        alerts={alerts.data ?? null}
        isFailed={alerts.isError}
        reasons={draft.reasons}
        isTried={isTried}
        onReason={(key, reason) => state.change({ reasons: { ...draft.reasons, [key]: reason } })}
      />
      <FormActs state={state} />
    </>
  )
}

function FormActs({ state }: { state: DeskState }) {
  const { t } = useRxWords()
  const { draft, counted } = state
  const favourites = useRead(prescribing, 'favourites', {})
  const save = useAct(prescribing, 'saveFavourite', {
    onDone: () => showToast({ text: t('item.favouriteKept') }),
  })
  const drugId = draft.drug?.id ?? null
  const remove = useAct(prescribing, 'removeFavourite', {
    onDone: ({ drugId: id, sigText, quantity: q, refills: r }) =>
      showToast({
        text: t('item.favouriteRemoved'),
        undo: () => save.start({ drugId: id, sigText, quantity: q, refills: r }),
      }),
  })
  const kept = favourites.data?.find((f) => f.drugId === drugId && f.sigText === draft.sigText.trim())
  const quantity = readQuantity(draft.quantity, draft.drug?.unit ?? counted?.unit ?? null)
  const refills = readRefills(draft.refills)
  return (
    <div className="rx-formacts">
      <Button type="submit" kbd="Enter" intent="primary" loading={state.isBusy}>
        {t(draft.itemId ? 'item.save' : 'item.add')}
      </Button>
      {drugId !== null && draft.sigText.trim() !== '' && !kept ? (
        <Button
          variant="minimal"
          loading={save.isPending}
          onClick={() =>
            save.start({
              drugId,
              sigText: draft.sigText.trim(),
              quantity: quantity === 'bad' ? null : quantity,
              refills: refills === 'bad' ? 0 : refills,
            })
          }
        >
          {t('item.favourite')}
        </Button>
      ) : null}
      {kept ? (
        <Button
          variant="minimal"
          loading={remove.isPending}
          onClick={() => remove.start({ id: kept.id, rev: kept.rev })}
        >
          {t('item.favouriteRemove')}
        </Button>
      ) : null}
      <Button variant="minimal" onClick={() => state.write(emptyDraft)}>
        {t('item.clear')}
      </Button>
    </div>
  )
}
