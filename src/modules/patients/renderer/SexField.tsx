// Sex as a row of choices: arrow keys move, and the first letter of a choice picks it.
import type { KeyboardEvent } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { RadioRow } from '#ui/SelectField.tsx'
import { genders } from '../shared/contract.ts'
import { useFormField } from './form-fields.tsx'
import { patientTexts } from './i18n.ts'

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

export function SexField() {
  const t = useTexts(patientTexts)
  const common = useTexts(commonTexts)
  const { field, error } = useFormField('gender')
  const choices = genders.map((value) => ({ value, label: common(`gender.${value}`) }))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
    const hit =
      choices.find(({ label }) => plain(label).startsWith(plain(event.key))) ??
      choices.find(({ value }) => value.startsWith(plain(event.key)))
    if (!hit) return
    event.preventDefault()
    field.onChange(hit.value)
    // The focus follows, as it does with the arrow keys.
    const input = event.currentTarget.querySelector<HTMLInputElement>(`input[value="${hit.value}"]`)
    input?.focus()
  }
  return (
    <div onKeyDown={onKeyDown} role="presentation">
      <RadioRow
        label={t('form.sex')}
        value={field.value}
        onChange={field.onChange}
        choices={choices}
        error={error}
      />
    </div>
  )
}
