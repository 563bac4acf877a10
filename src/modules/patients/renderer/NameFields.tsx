// The name as written, the parts proposed from it, and the parts themselves where somebody wants to write them.
import { useFormContext, useWatch } from 'react-hook-form'
import { useTexts } from '#renderer/i18n/define.ts'
import { proposeNameParts } from '../shared/names.ts'
import { FormText } from './form-fields.tsx'
import { patientTexts } from './i18n.ts'
import type { PatientFormValues } from './patient-form.ts'

interface NameFieldProps {
  readonly autoFocus: boolean
  readonly onChangeParts: (() => void) | null
}

export function NameField({ autoFocus, onChangeParts }: NameFieldProps) {
  const t = useTexts(patientTexts)
  return (
    <FormText
      name="name"
      label={t('form.name')}
      autoFocus={autoFocus}
      hint={onChangeParts ? <Proposal onChange={onChangeParts} /> : t('form.nameHint')}
    />
  )
}

function Proposal({ onChange }: { onChange: () => void }) {
  const t = useTexts(patientTexts)
  const name = useWatch<PatientFormValues, 'name'>({ name: 'name' })
  const { family, given } = proposeNameParts(name)
  if (!given && !family) return t('form.nameHint')
  return (
    <span className="pt-proposal">
      <span>
        {family
          ? t('form.proposal', { family, given: given ?? '' })
          : t('form.proposalGiven', { given: given ?? '' })}
      </span>{' '}
      <button type="button" className="pt-link" onClick={onChange}>
        {t('form.changeParts')}
      </button>
    </span>
  )
}

/** Family and given part, title and suffix. Writing a part stops it from following the name. */
export function NameParts() {
  const t = useTexts(patientTexts)
  const { setValue } = useFormContext<PatientFormValues>()
  const written = () => setValue('partsWritten', true)
  return (
    <div className="os-form-row pt-tight">
      <FormText name="family" label={t('field.family')} optional onTyped={written} />
      <FormText name="given" label={t('field.given')} optional onTyped={written} />
      <FormText name="prefix" label={t('field.prefix')} optional />
      <FormText name="suffix" label={t('field.suffix')} optional />
    </div>
  )
}
