// Saving an amended patient against the version it was begun from. When somebody else saved meanwhile, their version is
// fetched and joined with what was typed; the person settles what both changed, and nothing of either is lost.
import { useRef, useState } from 'react'
import { isApiError } from '#renderer/api/client.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct } from '#renderer/api/hooks.ts'
import { showToast } from '#ui/toast.ts'
import { type PatientView, patients } from '../shared/contract.ts'
import { type Amendable, type FieldGroup, type Merge, mergeAmendments, takeGroup } from '../shared/merge.ts'
import type { PatientFormApi } from './PatientForm.tsx'
import { amendableOf, type DateOptions, formFromRecord, type PatientFormValues } from './patient-form.ts'
import type { PatientContext } from './patient-context.ts'

/** The record as it was when somebody began to amend it. */
export interface Version {
  readonly rev: number
  readonly base: Amendable
}

export interface Conflict extends Merge {
  readonly base: Amendable
  readonly mine: Amendable
  readonly theirs: Amendable
}

export interface AmendOptions {
  readonly context: PatientContext
  readonly start: Version
  readonly dates: DateOptions
  readonly onSaved: () => void
  /** The form was given other values than those typed: for the draft. */
  readonly onReplaced: (values: PatientFormValues) => void
}

export function useAmend({ context, start, dates, onSaved, onReplaced }: AmendOptions) {
  const patientId = context.patientId as PatientView['id']
  const update = useAct(patients, 'update')
  const version = useRef(start)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  /** Gives the form another version without making its fields anew. */
  const replace = (values: PatientFormValues, form: PatientFormApi) => {
    form.reset(values)
    onReplaced(values)
  }
  const settle = async (mine: Amendable, form: PatientFormApi) => {
    const now = await callProcedure(patients, 'get', { patientId })
    const theirs = amendableOf(now)
    if (!theirs || now.rev === undefined) return
    const { base } = version.current
    const merge = mergeAmendments(base, mine, theirs)
    version.current = { rev: now.rev, base: theirs }
    setConflict({ ...merge, base, mine, theirs })
    replace(formFromRecord(merge.merged, dates), form)
  }
  const save = async (input: Amendable, form: PatientFormApi) => {
    try {
      await update.act({
        patientId: context.forWrite(patientId) as PatientView['id'],
        rev: version.current.rev,
        ...input,
      })
      onSaved()
    } catch (error) {
      if (!isApiError(error)) throw error
      if (error.code === 'CONFLICT') await settle(input, form).catch(tell)
      else if (error.code === 'WRONG_PATIENT') tell(error)
    }
  }
  const take = (group: FieldGroup, whose: 'mine' | 'theirs', form: PatientFormApi) => {
    if (!conflict) return
    const next = takeGroup(group, conflict.merged, conflict[whose])
    const changed = changedValues(formFromRecord(conflict.merged, dates), formFromRecord(next, dates))
    setConflict({ ...conflict, merged: next })
    replace({ ...form.getValues(), ...changed }, form)
  }
  return {
    version,
    conflict,
    setConflict,
    save,
    take,
    isBusy: update.isPending,
    /** What saving failed with, but for a conflict, which has a panel of its own. */
    error: update.error && update.error.code !== 'CONFLICT' ? update.error : null,
  }
}

function tell(error: unknown): void {
  if (!isApiError(error)) throw error
  showToast({ text: errorText(error), tone: 'bad' })
}

/** The form values in which two versions differ. */
function changedValues(before: PatientFormValues, after: PatientFormValues): Partial<PatientFormValues> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof PatientFormValues]),
    ),
  )
}
