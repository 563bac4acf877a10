// A medicine the catalogue does not have: a local product, a compound. Warnings go by the substances named here.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import type { DrugLine } from '../shared/shapes.ts'
import { useRxWords } from './use-rx-words.ts'

const units = ['tablet', 'capsule', 'ml', 'application', 'drop', 'sachet'] as const
type Unit = (typeof units)[number] | ''

export interface OwnDrugDialogProps {
  readonly name: string
  readonly onAdded: (drug: DrugLine) => void
  readonly onClose: () => void
}

export function OwnDrugDialog({ name: begun, onAdded, onClose }: OwnDrugDialogProps) {
  const { t } = useRxWords()
  const words = useErrorText()
  const [name, setName] = useState(begun)
  const [substances, setSubstances] = useState('')
  const [strength, setStrength] = useState('')
  const [form, setForm] = useState('')
  const [unit, setUnit] = useState<Unit>('')
  const [isTried, setTried] = useState(false)
  const add = useAct(prescribing, 'addOwnDrug', {
    onDone: ({ drug, unknown }) => {
      if (unknown.length > 0)
        showToast({ tone: 'warn', text: t('own.unknown', { names: unknown.join(', ') }) })
      onAdded(drug)
    },
  })
  const ingredients = substances
    .split(/[,،;]/)
    .map((s) => s.trim())
    .filter((s) => s !== '')
  const missing = (isMissing: boolean) => (isTried && isMissing ? t('own.missing') : null)
  const submit = () => {
    setTried(true)
    if (name.trim() === '' || ingredients.length === 0 || form.trim() === '') return
    add.start({
      name: name.trim(),
      ingredients,
      strength: strength.trim(),
      form: form.trim(),
      unit: unit || null,
    })
  }
  return (
    <Dialog
      title={t('own.title')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('own.act')}
      isBusy={add.isPending}
      error={add.error ? (add.error.code === 'DUPLICATE' ? t('own.there') : words(add.error)) : undefined}
    >
      <TextField
        label={t('own.name')}
        value={name}
        onChange={setName}
        error={missing(name.trim() === '')}
        maxLength={200}
        autoFocus
      />
      <TextField
        label={t('own.ingredients')}
        hint={t('own.ingredientsHint')}
        value={substances}
        onChange={setSubstances}
        error={missing(ingredients.length === 0)}
        maxLength={1000}
      />
      <TextField label={t('own.strength')} optional value={strength} onChange={setStrength} maxLength={100} />
      <TextField
        label={t('own.form')}
        hint={t('own.formHint')}
        value={form}
        onChange={setForm}
        error={missing(form.trim() === '')}
        maxLength={100}
      />
      <SelectField
        label={t('own.unit')}
        value={unit}
        onChange={setUnit}
        choices={[
          { value: '', label: t('own.unitNone') },
          ...units.map((value) => ({ value, label: t(`unit.${value}`) })),
        ]}
      />
    </Dialog>
  )
}
