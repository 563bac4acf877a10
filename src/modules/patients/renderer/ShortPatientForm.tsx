// Registering in the middle of something else: the few fields everybody is asked for, duplicates shown while typing.
// The same fields, schema and draft rules as the page; the rest is filled in later from the details.
import { zodResolver } from '@hookform/resolvers/zod'
import { type ReactNode, type Ref, useImperativeHandle, useMemo } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientLine } from '../shared/contract.ts'
import type { Amendable } from '../shared/merge.ts'
import { BirthField } from './BirthField.tsx'
import { useDateOptions } from './date-options.ts'
import { FormText } from './form-fields.tsx'
import { patientTexts } from './i18n.ts'
import { NameField } from './NameFields.tsx'
import { fieldsFromTyped, type PatientFormValues } from './patient-form.ts'
import { patientFormSchema } from './patient-form-schema.ts'
import { SexField } from './SexField.tsx'
import { SimilarPatients } from './SimilarPatients.tsx'
import './patients.css'

/** The dialog around it is the form: Enter and its button come here. */
export interface ShortForm {
  readonly submit: () => void
}

export interface ShortPatientFormProps {
  readonly handle: Ref<ShortForm>
  /** What was typed into a search box: it goes where it belongs, and the typing starts behind it. */
  readonly typed: string
  readonly onSave: (person: Amendable) => void
  /** The person is known here: goes on with that record. */
  readonly onPick: (patient: PatientLine) => void
  /** Below the person: what the other module asks. */
  readonly children: ReactNode
}

export function ShortPatientForm({ handle, typed, onSave, onPick, children }: ShortPatientFormProps) {
  const t = useTexts(patientTexts)
  const options = useDateOptions()
  const { locale, today } = options
  // oxlint-disable-next-line react/exhaustive-deps
  const schema = useMemo(() => patientFormSchema(options), [locale, today])
  // oxlint-disable-next-line react/exhaustive-deps
  const initial = useMemo(() => fieldsFromTyped(typed, options), [typed])
  const form = useForm<PatientFormValues, unknown, Amendable>({
    defaultValues: initial,
    resolver: zodResolver(schema),
    mode: 'onTouched',
  })
  useImperativeHandle(handle, () => ({ submit: () => void form.handleSubmit(onSave)() }))
  return (
    <FormProvider {...form}>
      <div className="pt-short">
        <NameField autoFocus={initial.name === ''} onChangeParts={null} />
        <BirthField autoFocus={initial.name !== ''} />
        <SexField />
        <FormText name="phone" label={t('form.phone')} optional type="tel" dir="ltr" inputMode="tel" />
        <SimilarPatients onPick={onPick} />
        {children}
      </div>
    </FormProvider>
  )
}
