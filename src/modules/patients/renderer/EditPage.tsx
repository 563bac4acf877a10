// Amending a person's details with a version check: what somebody else saved meanwhile is joined, never overwritten.
import { useCallback, useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { ErrorState, Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { type PatientView, patients } from '../shared/contract.ts'
import { type Amendable, changedGroups } from '../shared/merge.ts'
import { useDateOptions } from './date-options.ts'
import { ConflictPanel } from './ConflictPanel.tsx'
import { useFormDraft } from './form-drafts.ts'
import { patientTexts } from './i18n.ts'
import { PatientBanner } from './PatientBanner.tsx'
import { PatientForm, type PatientFormApi } from './PatientForm.tsx'
import { usePatientContext } from './patient-context.ts'
import { amendableOf, formFromRecord, hiddenLists, type PatientFormValues } from './patient-form.ts'
import { SimilarPatients } from './SimilarPatients.tsx'
import { useAmend, type Version } from './use-amend.ts'
import './patients.css'

/** What is kept while somebody amends: the version they began from, and what they typed. */
interface EditDraft extends Version {
  readonly values: PatientFormValues
}

export function EditPage() {
  const { patientId = '' } = useParams()
  return <EditPatient key={patientId} patientId={patientId} />
}

function EditPatient({ patientId }: { patientId: string }) {
  const t = useTexts(patientTexts)
  const read = useRead(patients, 'get', { patientId: patientId as PatientView['id'] })
  const { isReady, draft, keep, drop } = useFormDraft<EditDraft>(patientId)
  const options = useDateOptions()
  // The version first seen stays the base; later answers are looked at when saving.
  const first = useRef<PatientView | null>(null)
  if (!isReady) return null
  return (
    <QueryView query={read}>
      {(patient) => {
        first.current ??= patient
        const base = amendableOf(first.current)
        if (!base || first.current.rev === undefined) {
          return <ErrorState title={t('missing.title')} text={t('missing.text')} />
        }
        const start = draft ?? { rev: first.current.rev, base, values: formFromRecord(base, options) }
        return <EditForm patient={patient} start={start} isBack={draft !== null} keep={keep} drop={drop} />
      }}
    </QueryView>
  )
}

interface EditFormProps {
  readonly patient: PatientView
  readonly start: EditDraft
  readonly isBack: boolean
  readonly keep: (draft: EditDraft) => void
  readonly drop: () => void
}

function EditForm({ patient, start, isBack, keep, drop }: EditFormProps) {
  const t = useTexts(patientTexts)
  const navigate = useNavigate()
  const errorWords = useErrorText()
  const dates = useDateOptions()
  const context = usePatientContext(patient.id)
  const [shown, setShown] = useState({ values: start.values, isBack, n: 0 })
  const typed = useRef(start.values)
  const details = `/patients/${patient.id}/details`
  const leave = () => {
    drop()
    void navigate(details)
  }
  const amend = useAmend({
    context,
    start,
    dates,
    onSaved: () => {
      showToast({ text: t('edit.saved') })
      leave()
    },
    onReplaced: (values) => onChange(values),
  })
  const { conflict, version } = amend
  const onChange = useCallback(
    (values: PatientFormValues) => {
      typed.current = structuredClone(values)
      keep({ ...version.current, values: typed.current })
    },
    // Stable, or the form would subscribe anew on every key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  )
  const startOver = (values: PatientFormValues) => setShown(({ n }) => ({ values, isBack: false, n: n + 1 }))
  const save = (input: Amendable, form: PatientFormApi) => {
    if (changedGroups(version.current.base, input).length > 0) return void amend.save(input, form)
    showToast({ text: t('edit.nothing'), tone: 'info' })
    leave()
  }
  const dropMine = () => {
    const draft = { ...version.current, values: typed.current }
    leave()
    if (draft.values === start.values && !isBack) return
    const undo = () => {
      keep(draft)
      void navigate(`/patients/${patient.id}/edit`)
    }
    showToast({ text: t('edit.dropped'), tone: 'info', undo })
  }
  const takeTheirs = (theirs: Amendable) => {
    const [before, mine] = [conflict, typed.current]
    amend.setConflict(null)
    startOver(formFromRecord(theirs, dates))
    const undo = () => {
      amend.setConflict(before)
      startOver(mine)
    }
    showToast({ text: t('conflict.reloaded'), tone: 'info', undo })
  }

  return (
    <>
      <PatientBanner patient={patient} heading="p" />
      <div className="os-page">
        <h1>{t('edit.title')}</h1>
        {shown.isBack ? (
          <div className="pt-narrow">
            <Notice tone="info">{t('edit.draftBack')}</Notice>
          </div>
        ) : null}
        <PatientForm
          key={shown.n}
          initial={shown.values}
          focus="name"
          hidden={hiddenLists(patient)}
          onChange={onChange}
          onSave={save}
          saveLabel={conflict ? t('conflict.saveMerged') : t('edit.save')}
          isBusy={amend.isBusy}
          error={amend.error ? errorWords(amend.error) : null}
          aside={<SimilarPatients except={patient.id} />}
          actions={<Button onClick={dropMine}>{t('edit.drop')}</Button>}
        >
          {conflict ? (
            <ConflictPanel
              conflict={conflict}
              onTake={amend.take}
              onReload={() => takeTheirs(conflict.theirs)}
            />
          ) : null}
        </PatientForm>
      </div>
    </>
  )
}
