// The sheet a nurse fills beside the patient (W5): values by Tab, reason, allergies, room; Enter saves all of it at once.
import { type ReactNode, useState } from 'react'
import { usePatientContext } from '#modules/patients/renderer/api.ts'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { EncounterId, PatientId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { type Choice, RadioRow, SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Marks.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Intake, type IntakeDone, type Sheet, vitals } from '../shared/contract.ts'
import { rangeFor, sources, type SourceKey } from '../shared/ranges.ts'
import type { Impossible, PartKeyOrMass } from '../shared/rules.ts'
import { isUnitCode } from '../shared/units.ts'
import { MarkWord, SignRow } from './SignRow.tsx'
import { type AllergyAnswer, type SheetState, useSheet } from './use-sheet.ts'
import { useVitalWords } from './words.ts'
import './vitals.css'

/** A visit on the board: its room is chosen on the same sheet and everything is saved in one act. */
export interface SheetVisit {
  /** Why the patient comes, in the words of the desk: proposed where the chart has no words yet. */
  readonly reason: string | null
  readonly rooms: readonly Choice[]
  readonly roomId: string | null
  readonly save: (intake: Intake, roomId: string | null) => Promise<void>
}

export interface VitalsSheetProps {
  readonly patientId: PatientId
  readonly encounterId: EncounterId | null
  readonly onClose: () => void
  readonly visit?: SheetVisit
}

export function VitalsSheet(props: VitalsSheetProps) {
  const { t } = useVitalWords()
  const { patientId, encounterId, onClose } = props
  const sheet = useRead(vitals, 'sheet', { patientId, encounterId }, { staleMs: 0 })
  // What is typed belongs to the answer it was typed beside: a later one does not empty the boxes.
  const [first, setFirst] = useState<Sheet | null>(null)
  if (first === null && sheet.data !== undefined && !sheet.isFetching) setFirst(sheet.data)
  if (first) return <SheetForm {...props} sheet={first} />
  return (
    <Dialog title={t('title')} isOpen onClose={onClose} width="wide">
      <QueryView query={sheet}>{() => null}</QueryView>
    </Dialog>
  )
}

function SheetForm({ sheet, patientId, visit, onClose }: VitalsSheetProps & { sheet: Sheet }) {
  const { t, impossible } = useVitalWords()
  const words = useErrorText()
  const context = usePatientContext(patientId)
  const state = useSheet(sheet, visit?.reason ?? null)
  const [roomId, setRoomId] = useState(visit?.roomId ?? '')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ReactNode>(null)
  const take = useAct(vitals, 'take')
  const tell = (failed: ApiError) => {
    const found = impossibleIn(failed)
    setError(found ? impossible(found) : words(failed))
  }
  const save = async () => {
    state.leaveAll()
    if (state.hasProblem) return
    if (state.impossibleBody) return setError(impossible(state.impossibleBody))
    if (state.isEmpty && !visit) return setError(t('problem.empty'))
    if (state.isEmpty && roomId === (visit?.roomId ?? '')) return setError(t('problem.empty'))
    setBusy(true)
    setError(null)
    try {
      const openedFor = context.forWrite(patientId) as PatientId
      if (visit) await visit.save(state.intake, roomId || null)
      else toldTaken(openedFor, await take.act({ patientId: openedFor, ...state.intake }), t)
      onClose()
    } catch (failed) {
      tell(failed as ApiError)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('title')}
      isOpen
      onClose={onClose}
      width="wide"
      onSubmit={() => void save()}
      isBusy={isBusy}
      error={error}
    >
      <SheetHead sheet={sheet} />
      <div className="vt-rows">
        {state.shown.map((sign) => (
          <SignRow key={sign} sign={sign} sheet={sheet} state={state} />
        ))}
        <BodyMassRow state={state} />
      </div>
      <IntakeFields
        sheet={sheet}
        state={state}
        room={
          visit && visit.rooms.length > 0 ? (
            <SelectField
              label={t('intake.room')}
              value={roomId}
              onChange={setRoomId}
              choices={[{ value: '', label: t('intake.noRoom') }, ...visit.rooms]}
            />
          ) : null
        }
      />
      <Sources sheet={sheet} state={state} />
    </Dialog>
  )
}

/** Who it is: the sheet may stand over the board, where many people are on show. */
function SheetHead({ sheet }: { sheet: Sheet }) {
  const { t, f } = useVitalWords()
  const common = useTexts(commonTexts)
  const age = sheet.birthDate ? f.age(sheet.birthDate, sheet.today) : null
  return (
    <div className="vt-head">
      <b dir="auto">{sheet.name}</b>
      <span className="os-dim">
        {[age, sheet.birthDate ? f.date(sheet.birthDate, 'short') : null, common(`gender.${sheet.gender}`)]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className="os-dim os-num" dir="ltr">
        {sheet.recordNumber}
      </span>
      {sheet.allergies.substances.map((name) => (
        <Tag key={name} tone="bad">
          <bdi>{name}</bdi>
        </Tag>
      ))}
      {sheet.allergies.state === 'none-known' ? <Tag tone="ok">{t('intake.noneOnRecord')}</Tag> : null}
    </div>
  )
}

function BodyMassRow({ state }: { state: SheetState }) {
  const { t, f } = useVitalWords()
  if (!state.bodyMass) return null
  return (
    <div className="vt-row" role="status">
      <span className="os-label">{t('sign.bmi')}</span>
      <span>
        <bdi dir="ltr">
          <b className="os-num">{f.number(state.bodyMass.value, { minimumFractionDigits: 1 })}</b> kg/m²
        </bdi>{' '}
        <MarkWord interpretation={state.bodyMass.interpretation} />
      </span>
    </div>
  )
}

interface IntakeFieldsProps {
  readonly sheet: Sheet
  readonly state: SheetState
  readonly room: ReactNode
}

function IntakeFields({ sheet, state, room }: IntakeFieldsProps) {
  const { t, f } = useVitalWords()
  const { allergies } = sheet
  const hasVisit = sheet.encounterId !== null
  const onRecord =
    allergies.state === 'recorded'
      ? t('intake.onRecord', { list: f.list(allergies.substances) })
      : t(allergies.state === 'none-known' ? 'intake.noneOnRecord' : 'intake.nothing')
  const asked = allergies.checkedAt
    ? t('intake.checkedAt', { date: f.clinicalTime(allergies.checkedAt, 'date') })
    : null
  const answers: Choice<AllergyAnswer>[] = [
    { value: 'not-asked', label: t('intake.notAsked') },
    ...(allergies.state === 'not-recorded'
      ? [{ value: 'none-known' as const, label: t('intake.noneKnown') }]
      : [{ value: 'checked' as const, label: t('intake.checked') }]),
  ]
  return (
    <div className="vt-intake">
      <div className="vt-reason">
        {hasVisit ? (
          <TextField
            label={t('intake.reason')}
            optional
            value={state.reason}
            onChange={state.setReason}
            maxLength={500}
          />
        ) : null}
        {room}
      </div>
      <RadioRow
        label={t('intake.allergies')}
        hint={[onRecord, asked].filter(Boolean).join(' · ')}
        value={state.allergies}
        onChange={state.setAllergies}
        choices={answers}
      />
    </div>
  )
}

/** Where the ranges come from, for this age. */
function Sources({ sheet, state }: { sheet: Sheet; state: SheetState }) {
  const { t, f } = useVitalWords()
  if (state.age === null) return <p className="vt-sources">{t('usual.noAge')}</p>
  const parts: readonly PartKeyOrMass[] = [
    'systolic',
    'heart-rate',
    'temperature',
    'respiratory-rate',
    'oxygen-saturation',
    'bmi',
    'pain',
  ]
  const used = new Set<SourceKey>()
  for (const part of parts) {
    const by = rangeFor(part, state.age, sheet.gender)
    if (by) used.add(by.source)
  }
  const age = sheet.birthDate ? (f.age(sheet.birthDate, sheet.today) ?? '') : ''
  return (
    <details className="vt-sources">
      <summary>{t('usual.sources', { age })}</summary>
      <ul dir="ltr">
        {[...used].map((key) => (
          <li key={key}>{sources[key]}</li>
        ))}
      </ul>
    </details>
  )
}

/** The answer of the clinic names the part and its limits; the screen found it before, unless a rule changed. */
function impossibleIn({ code, details }: ApiError): Impossible | null {
  const { part, low, high, unit } = details
  if (code !== 'IMPOSSIBLE_VALUE' || typeof part !== 'string' || typeof unit !== 'string') return null
  if (typeof low !== 'number' || typeof high !== 'number' || !isUnitCode(unit)) return null
  return { part: part as Impossible['part'], low, high, unit }
}

function toldTaken(patientId: PatientId, done: IntakeDone, t: ReturnType<typeof useVitalWords>['t']): void {
  showToast({
    text: done.marked === 0 ? t('done.saved') : t('done.marked', { count: done.marked }),
    undo: async () => {
      await callProcedure(vitals, 'withdraw', { patientId, undo: done.undo })
      showToast({ text: t('done.undone') })
    },
  })
}
