// Somebody stands at the desk without an appointment (W2): who it is, whom they see, Enter. New people are registered on
// the way, known ones taken from the list; duplicates show while the name is typed.
import { useRef, useState } from 'react'
import { PatientFacts, type ShortForm, ShortPatientForm } from '#modules/patients/renderer/api.ts'
import type { PatientLine } from '#modules/patients/shared/contract.ts'
import {
  type ResourceId,
  scheduling,
  type Setup,
  type VisitTypeId,
} from '#modules/scheduling/shared/contract.ts'
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import type { CallerInputOf } from '#shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { board } from '../shared/contract.ts'
import { useBoardWords } from './words.ts'

type Person = CallerInputOf<(typeof board)['procedures']['registerWalkIn']>['person']

export interface WalkInDialogProps {
  /** What was typed into the find box. */
  readonly typed: string
  readonly patient: PatientLine | null
  readonly onClose: () => void
  readonly onAdded: (appointmentId: string) => void
}

export function WalkInDialog({ typed, patient, onClose, onAdded }: WalkInDialogProps) {
  const { t } = useBoardWords()
  const words = useErrorText()
  const [known, setKnown] = useState(patient)
  const setup = useRead(scheduling, 'setup', {})
  const [visit, setVisit] = useState<Visit>({ providerId: '', visitTypeId: null, reason: '' })
  const visitTypeId = visit.visitTypeId ?? usualType(setup.data)
  const [error, setError] = useState<ApiError | null>(null)
  const form = useRef<ShortForm>(null)
  const registering = useAct(board, 'registerWalkIn')
  const adding = useAct(scheduling, 'walkIn')
  const isBusy = registering.isPending || adding.isPending
  const wish = {
    providerId: (visit.providerId || null) as ResourceId | null,
    visitTypeId: (visitTypeId || null) as VisitTypeId | null,
    reason: visit.reason.trim() || null,
  }
  const added = (name: string, queueNumber: number | null, appointmentId: string) => {
    showToast({ text: t('done.walkIn', { name, number: queueNumber ?? '–' }) })
    onClose()
    onAdded(appointmentId)
  }
  const doing = async (add: () => Promise<void>) => {
    setError(null)
    try {
      await add()
    } catch (failed) {
      if (!isApiError(failed)) throw failed
      setError(failed)
    }
  }
  const register = (person: Person) =>
    void doing(async () => {
      const { name, queueNumber, appointmentId } = await registering.act({ person, ...wish })
      added(name, queueNumber, appointmentId)
    })
  const add = (line: PatientLine) =>
    void doing(async () => {
      const { queueNumber, id } = await adding.act({ patientId: line.id, ...wish })
      added(line.name, queueNumber, id)
    })
  return (
    <Dialog
      title={t('walk.title')}
      isOpen
      onClose={onClose}
      onSubmit={() => (known ? add(known) : form.current?.submit())}
      submitLabel={t('walk.save')}
      isBusy={isBusy}
      error={error ? wordsFor(error, t, words) : null}
    >
      {known ? (
        <>
          <div className="bd-known">
            <div>
              <b dir="auto">{known.name}</b>
              <div className="os-dim os-sm">
                <PatientFacts person={known} withPhone />
              </div>
            </div>
            <Button small onClick={() => setKnown(null)}>
              {t('walk.other')}
            </Button>
          </div>
          <VisitFields visit={visit} setup={setup.data} onVisit={setVisit} />
        </>
      ) : (
        <ShortPatientForm handle={form} typed={typed} onSave={register} onPick={setKnown}>
          <VisitFields visit={visit} setup={setup.data} onVisit={setVisit} />
        </ShortPatientForm>
      )}
    </Dialog>
  )
}

interface Visit {
  readonly providerId: string
  /** `null`: not chosen yet, the usual kind; empty: not said. */
  readonly visitTypeId: string | null
  readonly reason: string
}

/** The first kind of the clinic's list is what most people come for. */
const usualType = (setup: Setup | undefined): string => setup?.visitTypes.find((v) => v.active)?.id ?? ''

/** All of it may stay as it is: the next free doctor, no kind of visit, nothing said, paid by the patient. */
function VisitFields({
  visit,
  setup,
  onVisit,
}: {
  visit: Visit
  setup: Setup | undefined
  onVisit: (visit: Visit) => void
}) {
  const { t, time } = useBoardWords()
  const chosenType = visit.visitTypeId ?? usualType(setup)
  const visitTypeId = (chosenType || null) as VisitTypeId | null
  const free = useRead(scheduling, 'freeSlots', { text: '', visitTypeId, limit: 1 }, { keepPrevious: true })
  const { resources = [], visitTypes = [] } = setup ?? {}
  const providers = resources.filter((r) => r.kind === 'provider' && r.active)
  const [slot] = free.data?.slots ?? []
  const next = slot && slot.date === setup?.today ? slot : undefined
  const nextName = providers.find((p) => p.id === next?.providerId)?.name
  return (
    <>
      <SelectField
        label={t('walk.provider')}
        value={visit.providerId}
        onChange={(providerId) => onVisit({ ...visit, providerId })}
        choices={[
          {
            value: '',
            label:
              next && nextName
                ? t('walk.nextFree', { name: nextName, time: time(next.startAt) })
                : t('walk.nextFreeUnknown'),
          },
          ...providers.map((p) => ({ value: p.id as string, label: p.name })),
        ]}
      />
      <div className="os-form-row">
        <SelectField
          label={t('walk.type')}
          value={chosenType}
          onChange={(id) => onVisit({ ...visit, visitTypeId: id })}
          choices={[
            { value: '', label: t('walk.anyType') },
            ...visitTypes.filter((v) => v.active).map((v) => ({ value: v.id as string, label: v.name })),
          ]}
        />
        <TextField
          label={t('walk.reason')}
          optional
          value={visit.reason}
          onChange={(reason) => onVisit({ ...visit, reason })}
          maxLength={300}
        />
      </div>
      <p className="os-dim os-sm">{t('walk.payer')}</p>
    </>
  )
}

function wordsFor(
  error: ApiError,
  t: ReturnType<typeof useBoardWords>['t'],
  words: (error: ApiError) => string,
): string {
  if (error.code === 'WRONG_STATE' && error.details.status === 'no-provider') return t('walk.noProvider')
  if (error.code === 'SLOT_TAKEN' && error.details.kind === 'patient') return t('walk.already')
  return words(error)
}
