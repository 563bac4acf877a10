// The registration in hand, and the one begun before it: typing a new name in the search box never loses the other.
// Nothing of it goes into the address or the browser's history.
import { useNavigate } from 'react-router'
import { useMe } from '#renderer/api/session-store.ts'
import { useDateOptions } from './date-options.ts'
import { dropDraft, keepDraft, readDraft } from './form-drafts.ts'
import { emptyForm, fieldsFromTyped, type PatientFormValues } from './patient-form.ts'

export interface RegisterDraft {
  readonly values: PatientFormValues
  /** Nothing was typed into the form itself yet. */
  readonly isFresh: boolean
  readonly before: PatientFormValues | null
}

export const registerForm = 'register'

/** Opens the register page with what was typed into the search box in its place. */
export function useStartRegistering(): (typed: string) => Promise<void> {
  const navigate = useNavigate()
  const { userId } = useMe()
  const options = useDateOptions()
  return async (typed) => {
    const text = typed.trim()
    if (text !== '') {
      const draft = await readDraft<RegisterDraft>(userId, registerForm).catch(() => null)
      const before = draft && !draft.isFresh ? draft.values : (draft?.before ?? null)
      keepDraft(userId, registerForm, { values: fieldsFromTyped(text, options), isFresh: true, before })
    }
    await navigate('/patients/new', { state: { begun: Date.now() } })
  }
}

export const freshDraft = (before: PatientFormValues | null = null): RegisterDraft => ({
  values: emptyForm(),
  isFresh: true,
  before,
})

/** After saving: the one begun before becomes the one in hand again. */
export function finishRegistering(userId: string, before: PatientFormValues | null): void {
  dropDraft(userId, registerForm)
  if (before) keepDraft(userId, registerForm, { values: before, isFresh: false, before: null })
}
