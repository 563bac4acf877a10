// Registering somebody on one screen (A1, W2). What was typed into the search box comes along; Enter saves.
import { useCallback, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { patients } from '../shared/contract.ts'
import { useFormDraft } from './form-drafts.ts'
import { patientTexts } from './i18n.ts'
import { PatientForm } from './PatientForm.tsx'
import type { PatientFormValues } from './patient-form.ts'
import { usePatientPath } from './patient-path.ts'
import { finishRegistering, freshDraft, type RegisterDraft, registerForm } from './register-draft.ts'
import { SimilarPatients } from './SimilarPatients.tsx'
import './patients.css'

export function RegisterPage() {
  const t = useTexts(patientTexts)
  useTitle(t('register.title'))
  // The search box may send somebody here who is here already: another name is another form.
  const { key } = useLocation()
  return <RegisterWithDraft key={key} />
}

function RegisterWithDraft() {
  const { isReady, draft, keep } = useFormDraft<RegisterDraft>(registerForm)
  return isReady ? <Register start={draft ?? freshDraft()} keep={keep} /> : null
}

function Register({ start, keep }: { start: RegisterDraft; keep: (draft: RegisterDraft) => void }) {
  const t = useTexts(patientTexts)
  const { userId } = useMe()
  const navigate = useNavigate()
  const pathOf = usePatientPath()
  const errorWords = useErrorText()
  const [shown, setShown] = useState({ draft: start, n: 0 })
  const before = useRef(start.before)
  const typed = useRef(start.values)
  const register = useAct(patients, 'register', {
    onDone: (patient) => {
      finishRegistering(userId, before.current)
      showToast({ text: t('register.saved', { name: patient.name, number: patient.recordNumber }) })
      void navigate(pathOf(patient.id), { replace: true })
    },
  })
  // Stable, or the form would subscribe anew on every key.
  const onChange = useCallback(
    (values: PatientFormValues) =>
      keep({ values: structuredClone(values), isFresh: false, before: before.current }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  )
  const showDraft = (draft: RegisterDraft) => {
    before.current = draft.before
    keep(draft)
    setShown(({ n }) => ({ draft, n: n + 1 }))
  }
  const { values, isFresh } = shown.draft
  return (
    <div className="os-page">
      <PageHeader
        title={t('register.title')}
        meta={<span className="os-sm">{t('register.keysHint')}</span>}
      />
      {isFresh ? null : (
        <div className="pt-narrow">
          <Notice tone="info">
            <span className="os-row">
              {t('register.draftBack')}
              <Button small onClick={() => showDraft(freshDraft(typed.current))}>
                {t('register.startOver')}
              </Button>
            </span>
          </Notice>
        </div>
      )}
      {isFresh && shown.draft.before ? (
        <div className="pt-narrow">
          <Notice tone="info">
            <span className="os-row">
              <span>
                {t('register.before', { name: shown.draft.before.name || t('register.beforeUnnamed') })}
              </span>
              <Button
                small
                onClick={() =>
                  shown.draft.before &&
                  showDraft({ values: shown.draft.before, isFresh: false, before: null })
                }
              >
                {t('register.takeUp')}
              </Button>
            </span>
          </Notice>
        </div>
      ) : null}
      <PatientForm
        key={shown.n}
        initial={values}
        focus={isFresh && values.name ? 'birth' : 'name'}
        onChange={onChange}
        onSave={(input) => register.start(input)}
        saveLabel={t('register.save')}
        isBusy={register.isPending}
        error={register.error ? errorWords(register.error) : null}
        aside={<SimilarPatients />}
      />
    </div>
  )
}
