// Amending a person's details with a version check: what somebody else saved meanwhile is joined, never overwritten.
import { useCallback, useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { ErrorState, Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { type PatientView, patients } from '../shared/contract.ts'
import { type Amendable, changedGroups, type Merge, mergeAmendments, takeGroup } from '../shared/merge.ts'
import { useDateOptions } from './date-options.ts'
import { ConflictPanel } from './ConflictPanel.tsx'
import { useFormDraft } from './form-drafts.ts'
import { patientTexts } from './i18n.ts'
import { PatientBanner } from './PatientBanner.tsx'
import { PatientForm, type PatientFormApi } from './PatientForm.tsx'
import { usePatientContext } from './patient-context.ts'
import { amendableOf, formFromRecord, hiddenLists, type PatientFormValues } from './patient-form.ts'
import { SimilarPatients } from './SimilarPatients.tsx'
import './patients.css'

/** What is kept while somebody amends: the version they began from, and what they typed. */
interface EditDraft {
  readonly rev: number
  readonly base: Amendable
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

interface Conflict extends Merge {
  readonly base: Amendable
  readonly mine: Amendable
  readonly theirs: Amendable
}

function EditForm({ patient, start, isBack, keep, drop }: EditFormProps) {
  const t = useTexts(patientTexts)
  const navigate = useNavigate()
  const errorWords = useErrorText()
  const options = useDateOptions()
  const { forWrite } = usePatientContext(patient.id)
  const [version, setVersion] = useState({ rev: start.rev, base: start.base })
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [shown, setShown] = useState({ values: start.values, isBack, n: 0 })
  const update = useAct(patients, 'update')
  const latest = useRef(version)
  latest.current = version
  const onChange = useCallback(
    (values: PatientFormValues) => keep({ ...latest.current, values: structuredClone(values) }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  )
  const details = `/patients/${patient.id}/details`
  const leave = () => {
    drop()
    void navigate(details)
  }

  const settle = async (mine: Amendable, form: PatientFormApi) => {
    const now = await callProcedure(patients, 'get', { patientId: patient.id })
    const theirs = amendableOf(now)
    if (!theirs || now.rev === undefined) return
    const merge = mergeAmendments(version.base, mine, theirs)
    setConflict({ ...merge, base: version.base, mine, theirs })
    setVersion({ rev: now.rev, base: theirs })
    show(merge.merged, form)
  }
  /** Puts a version into the form without making the fields anew. */
  const show = (record: Amendable, form: PatientFormApi) => {
    const values = formFromRecord(record, options)
    form.reset(values)
    onChange(values)
  }
  const save = async (input: Amendable, form: PatientFormApi) => {
    if (changedGroups(version.base, input).length === 0) {
      showToast({ text: t('edit.nothing'), tone: 'info' })
      leave()
      return
    }
    try {
      await update.act({ patientId: forWrite(patient.id) as PatientView['id'], rev: version.rev, ...input })
      showToast({ text: t('edit.saved') })
      leave()
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'CONFLICT') await settle(input, form)
    }
  }
  const startOver = (values: PatientFormValues) => setShown(({ n }) => ({ values, isBack: false, n: n + 1 }))

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
          onSave={(input, form) => void save(input, form)}
          saveLabel={conflict ? t('conflict.saveMerged') : t('edit.save')}
          isBusy={update.isPending}
          error={update.error && update.error.code !== 'CONFLICT' ? errorWords(update.error) : null}
          aside={<SimilarPatients except={patient.id} />}
          actions={
            <Button
              onClick={() => {
                leave()
                showToast({ text: t('edit.dropped'), tone: 'info' })
              }}
            >
              {t('edit.drop')}
            </Button>
          }
        >
          {conflict ? (
            <ConflictPanel
              conflict={conflict}
              onTake={(group, whose, form) => {
                const from = whose === 'theirs' ? conflict.theirs : conflict.mine
                const now = form.getValues()
                const record = { ...conflict.merged }
                const next = takeGroup(group, record, from)
                setConflict({ ...conflict, merged: next })
                form.reset({
                  ...now,
                  ...changedValues(formFromRecord(record, options), formFromRecord(next, options)),
                })
                onChange(form.getValues())
              }}
              onReload={(form) => {
                const mine = structuredClone(form.getValues())
                const before = conflict
                setConflict(null)
                startOver(formFromRecord(conflict.theirs, options))
                showToast({
                  text: t('conflict.reloaded'),
                  tone: 'info',
                  undo: () => {
                    setConflict(before)
                    startOver(mine)
                  },
                })
              }}
            />
          ) : null}
        </PatientForm>
      </div>
    </>
  )
}

/** The form values in which two versions differ. */
function changedValues(before: PatientFormValues, after: PatientFormValues): Partial<PatientFormValues> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof PatientFormValues]),
    ),
  )
}
