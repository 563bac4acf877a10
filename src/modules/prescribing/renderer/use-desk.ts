// The state of the desk: the medicine being written, and the acts that bring it into the basket and out as a script.
import { useState } from 'react'
import { usePatientContext } from '#modules/patients/renderer/api.ts'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { fetchRead, useAct, useRead } from '#renderer/api/hooks.ts'
import type { OutputOf } from '#shared/contract.ts'
import type { PatientId } from '#shared/ids.ts'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import type { Basket, BasketItem, Favourite, Medicine, Prescription } from '../shared/shapes.ts'
import {
  type DoseUnit,
  isParsed,
  parseSig,
  type Quantity,
  quantityOf,
  type SigReading,
} from '../shared/sig/index.ts'
import { useRxWords } from './use-rx-words.ts'

export type Desk = OutputOf<(typeof prescribing)['procedures']['open']>

export interface ChosenDrug {
  /** null: by words alone. */
  readonly id: string | null
  readonly label: string
  readonly unit: DoseUnit | null
}

/** What is being written, as typed. */
export interface Draft {
  readonly itemId: string | null
  readonly drug: ChosenDrug | null
  readonly sigText: string
  readonly quantity: string
  readonly refills: string
  readonly note: string
  readonly longTerm: boolean
  readonly replaces: BasketItem['replaces']
  readonly reasons: Readonly<Record<string, string>>
}

export const emptyDraft: Draft = {
  itemId: null,
  drug: null,
  sigText: '',
  quantity: '',
  refills: '',
  note: '',
  longTerm: false,
  replaces: null,
  reasons: {},
}

export function readQuantity(text: string, unit: DoseUnit | null): Quantity | null | 'bad' {
  const typed = text.trim().replace(',', '.')
  if (typed === '') return null
  const value = Number(/^\d{1,5}(?:\.\d{1,3})?(?=\s|$)/.exec(typed)?.[0] ?? Number.NaN)
  return Number.isFinite(value) && value > 0 ? { value, unit } : 'bad'
}
export const readRefills = (text: string): number | 'bad' =>
  text.trim() === '' ? 0 : /^\d{1,2}$/.test(text.trim()) ? Number(text.trim()) : 'bad'

const drugOf = (item: { drugId: string | null; label: string }, unit: DoseUnit | null): ChosenDrug => ({
  id: item.drugId,
  label: item.label,
  unit,
})
const typedQuantity = (quantity: Quantity | null) => (quantity ? String(quantity.value) : '')

export function draftOfMedicine(medicine: Medicine, how: 'renewed' | 'changed'): Draft {
  return {
    ...emptyDraft,
    drug: drugOf(medicine, medicine.sig?.dose?.unit ?? null),
    sigText: medicine.sigText ?? '',
    refills: medicine.refillsAllowed ? String(medicine.refillsAllowed) : '',
    longTerm: medicine.longTerm,
    replaces: { id: medicine.id, how },
  }
}

export function draftOfItem(item: BasketItem): Draft {
  return {
    itemId: item.id,
    drug: drugOf(item, item.sig?.dose?.unit ?? null),
    sigText: item.sigText,
    quantity: item.quantityCounted ? '' : typedQuantity(item.quantity),
    refills: item.refills === 0 ? '' : String(item.refills),
    note: item.note ?? '',
    longTerm: item.longTerm,
    replaces: item.replaces,
    reasons: item.reasons,
  }
}

export function draftOfFavourite(favourite: Favourite): Draft {
  return {
    ...emptyDraft,
    drug: drugOf(favourite, favourite.unit),
    sigText: favourite.sigText,
    quantity: typedQuantity(favourite.quantity),
    refills: favourite.refills === 0 ? '' : String(favourite.refills),
  }
}

export interface DeskState {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  readonly write: (draft: Draft) => void
  readonly reading: SigReading | null
  /** Typed, else written into the directions, else counted. */
  readonly counted: Quantity | null
  readonly basket: Basket
  readonly isBusy: boolean
  readonly error: string | null
  /** Set by trying to add: fields say what they lack only then. */
  readonly isTried: boolean
  readonly add: () => Promise<Basket | null>
  readonly remove: (item: BasketItem) => Promise<void>
  readonly renew: (ids: readonly string[] | 'long-term') => Promise<void>
  readonly sign: () => Promise<Prescription | null>
}

export function useDesk(patientId: PatientId, desk: Desk, first: Draft): DeskState {
  const { t } = useRxWords()
  const words = useErrorText()
  const context = usePatientContext(patientId)
  const [draft, setDraft] = useState(first)
  const [kept, setKept] = useState<Basket | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isTried, setTried] = useState(false)
  const put = useAct(prescribing, 'putItem')
  const take = useAct(prescribing, 'removeItem')
  const again = useAct(prescribing, 'renew')
  const signing = useAct(prescribing, 'sign')
  // The newer of the two: one's own act, or what another window left.
  const basket = kept && kept.step >= desk.basket.step ? kept : desk.basket

  const reading = draft.sigText.trim() === '' ? null : readSig(draft, desk)
  const counted = reading && isParsed(reading) ? (reading.quantity ?? quantityOf(reading)) : null
  const failed = (e: ApiError) => {
    if (e.code === 'DRAFT_MOVED_ON') {
      void fetchRead(prescribing, 'open', { patientId }).then((fresh) => setKept(fresh.basket))
      setError(t('basket.movedOn'))
    } else if (e.code === 'WRONG_STATE') setError(t('basket.stoppedMeanwhile'))
    else if (e.code === 'REASON_NEEDED') setError(t('alert.reasonNeeded'))
    else setError(words(e))
  }
  const trying = async <T>(run: (openedFor: PatientId) => Promise<T>): Promise<T | null> => {
    setError(null)
    try {
      return await run(context.forWrite(patientId) as PatientId)
    } catch (e) {
      failed(e as ApiError)
      return null
    }
  }

  const add = async (): Promise<Basket | null> => {
    setTried(true)
    const quantity = readQuantity(draft.quantity, draft.drug?.unit ?? counted?.unit ?? null)
    const refills = readRefills(draft.refills)
    if (!draft.drug || !reading || quantity === 'bad' || refills === 'bad') return null
    const { id, label } = draft.drug
    const { itemId, sigText, note, longTerm, replaces, reasons } = draft
    const given = Object.fromEntries(
      Object.entries(reasons).filter(([, reason]) => reason.trim().length >= 3),
    )
    const next = await trying((openedFor) =>
      put.act({
        patientId: openedFor,
        step: basket.step,
        itemId,
        drugId: id,
        label: id === null ? label : null,
        sigText: sigText.trim(),
        quantity,
        refills,
        note: note.trim() === '' ? null : note.trim(),
        longTerm,
        replaces,
        reasons: given,
      }),
    )
    if (!next) return null
    setKept(next)
    setDraft(emptyDraft)
    setTried(false)
    return next
  }

  const putBack = (item: BasketItem, step: number) =>
    void trying(async (openedFor) => {
      const {
        drugId,
        label,
        sigText,
        quantity,
        quantityCounted,
        refills,
        note,
        longTerm,
        replaces,
        reasons,
      } = item
      setKept(
        await put.act({
          patientId: openedFor,
          step,
          drugId,
          label: drugId === null ? label : null,
          sigText,
          quantity: quantityCounted ? null : quantity,
          refills,
          note,
          longTerm,
          replaces,
          reasons,
        }),
      )
    })

  return {
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    write(next) {
      setDraft(next)
      setTried(false)
      setError(null)
    },
    reading,
    counted,
    basket,
    isBusy: put.isPending || take.isPending || again.isPending || signing.isPending,
    error,
    isTried,
    add,
    async remove(item) {
      const done = await trying((openedFor) =>
        take.act({ patientId: openedFor, step: basket.step, itemId: item.id }),
      )
      if (!done) return
      setKept(done.basket)
      if (draft.itemId === item.id) setDraft(emptyDraft)
      showToast({ text: t('basket.removed'), undo: () => putBack(done.removed, done.basket.step) })
    },
    async renew(ids) {
      const next = await trying((openedFor) =>
        again.act({ patientId: openedFor, step: basket.step, ids: ids === 'long-term' ? ids : [...ids] }),
      )
      if (next) setKept(next)
    },
    async sign() {
      // What is written and not added yet belongs on the script, or the person would leave without it.
      const isWritten = draft.drug !== null || draft.sigText.trim() !== ''
      const ready = isWritten ? await add() : basket
      return ready && trying((openedFor) => signing.act({ patientId: openedFor, step: ready.step }))
    },
  }
}

function readSig(draft: Draft, desk: Desk): SigReading {
  return parseSig(draft.sigText.trim(), { unit: draft.drug?.unit ?? null, odIsDaily: desk.odIsDaily })
}

/** What speaks against the medicine being written. */
export function useAlerts(patientId: PatientId, { drug, replaces }: Draft) {
  return useRead(
    prescribing,
    'check',
    {
      patientId,
      drugId: drug?.id ?? null,
      label: drug?.id === null ? drug.label : null,
      replaces: replaces?.id ?? null,
    },
    { enabled: drug !== null, staleMs: 0 },
  )
}
