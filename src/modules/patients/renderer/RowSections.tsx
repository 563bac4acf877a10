// The parts of the form that hold any number of rows: other names, identifiers, contact ways, addresses, next of kin.
import { Cross } from '@blueprintjs/icons'
import { type ReactNode, useMemo } from 'react'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { intlLocale } from '#renderer/i18n/intl.ts'
import { countryChoices } from '#renderer/i18n/regions.ts'
import { IconButton } from '#ui/Button.tsx'
import { ComboField } from '#ui/ComboField.tsx'
import { showToast } from '#ui/toast.ts'
import { ContactLink } from './ContactLink.tsx'
import {
  addressUses,
  type IdentifierType,
  identifierTypes,
  nameUses,
  relationships,
  telecomSystems,
  telecomUses,
} from './choices.ts'
import { FormSelect, FormText, useFormField } from './form-fields.tsx'
import { textOf } from '#renderer/i18n/define.ts'
import { patientTexts } from './i18n.ts'
import type { PatientFormValues, RowList } from './patient-form.ts'
import { usePatientWords } from './words.ts'

const rowNames = {
  identifiers: 'row.identifier',
  telecoms: 'row.telecom',
  addresses: 'row.address',
  contacts: 'row.contact',
  otherNames: 'row.otherName',
} as const

const rowFields: { [L in RowList]: (props: { n: number }) => ReactNode } = {
  identifiers: IdentifierRow,
  telecoms: TelecomRow,
  addresses: AddressRow,
  contacts: ContactRow,
  otherNames: OtherNameRow,
}

/** All rows of one list. A row taken out can be brought back. */
export function Rows({ list }: { list: RowList }) {
  const { t } = usePatientWords()
  const { control, getValues } = useFormContext<PatientFormValues>()
  const { fields, remove, insert } = useFieldArray({ control, name: list, keyName: 'key' })
  const Fields = rowFields[list]
  const takeOut = (n: number) => {
    const row = getValues(list)[n]
    remove(n)
    if (row && Object.values(row).some((value) => typeof value === 'string' && value.trim() !== '')) {
      const what = textOf(patientTexts, rowNames[list], { n: n + 1 })
      showToast({
        text: textOf(patientTexts, 'row.removed', { what }),
        tone: 'info',
        undo: () => insert(n, row),
      })
    }
  }
  return (
    <>
      {fields.map((field, n) => {
        const what = t(rowNames[list], { n: n + 1 })
        return (
          <fieldset key={field.key} className="pt-row">
            <legend className="os-sr">{what}</legend>
            <div className="os-form-row os-grow pt-tight">
              <Fields n={n} />
            </div>
            <IconButton icon={<Cross />} label={t('row.remove', { what })} onClick={() => takeOut(n)} />
          </fieldset>
        )
      })}
    </>
  )
}

function IdentifierRow({ n }: { n: number }) {
  const { t } = usePatientWords()
  const { setValue } = useFormContext<PatientFormValues>()
  const types = (Object.keys(identifierTypes) as IdentifierType[]).map((value) => ({
    value,
    label: t(`identifier.${value}`),
  }))
  return (
    <>
      <FormSelect
        name={`identifiers.${n}.typeCode`}
        label={t('field.type')}
        choices={[...types, { value: '', label: t('identifier.other') }]}
        onChosen={(code) =>
          setValue(
            `identifiers.${n}.typeDisplay`,
            code in identifierTypes ? identifierTypes[code as IdentifierType] : '',
          )
        }
      />
      <FormText name={`identifiers.${n}.value`} label={t('field.value')} dir="ltr" />
      <FormText name={`identifiers.${n}.assigner`} label={t('field.assigner')} optional />
    </>
  )
}

function TelecomRow({ n }: { n: number }) {
  const { t } = usePatientWords()
  const system = useWatch<PatientFormValues, `telecoms.${number}.system`>({ name: `telecoms.${n}.system` })
  const mode = system === 'email' ? 'email' : system === 'url' || system === 'other' ? 'text' : 'tel'
  return (
    <>
      <FormSelect
        name={`telecoms.${n}.system`}
        label={t('field.type')}
        choices={telecomSystems.map((value) => ({ value, label: t(`telecom.${value}`) }))}
      />
      <FormText name={`telecoms.${n}.value`} label={t('field.telecomValue')} dir="ltr" inputMode={mode} />
      <FormSelect
        name={`telecoms.${n}.use`}
        label={t('field.use')}
        optional
        choices={telecomUses.map((value) => ({ value, label: t(`use.${value || 'none'}`) }))}
      />
    </>
  )
}

function AddressRow({ n }: { n: number }) {
  const { t } = usePatientWords()
  return (
    <>
      <FormText name={`addresses.${n}.lines`} label={t('field.lines')} optional />
      <FormText name={`addresses.${n}.postalCode`} label={t('field.postalCode')} optional dir="ltr" />
      <FormText name={`addresses.${n}.city`} label={t('field.city')} optional />
      <FormText name={`addresses.${n}.district`} label={t('field.district')} optional />
      <FormText name={`addresses.${n}.state`} label={t('field.state')} optional />
      <CountryField n={n} />
      <FormSelect
        name={`addresses.${n}.use`}
        label={t('field.use')}
        optional
        choices={addressUses.map((value) => ({ value, label: t(`use.${value || 'none'}`) }))}
      />
    </>
  )
}

function CountryField({ n }: { n: number }) {
  const { t, formats } = usePatientWords()
  const { field, error } = useFormField(`addresses.${n}.country`)
  const countries = useMemo(() => countryChoices(intlLocale(formats.locale)), [formats.locale])
  const known = field.value === '' || countries.some(({ value }) => value === field.value)
  return (
    <ComboField
      label={t('field.country')}
      optional
      value={field.value}
      onChange={field.onChange}
      error={error}
      choices={[
        { value: '', label: t('country.none') },
        ...(known ? [] : [{ value: field.value, label: field.value }]),
        ...countries,
      ]}
      emptyText={t('country.unknown')}
    />
  )
}

function ContactRow({ n }: { n: number }) {
  const { t } = usePatientWords()
  const choices = [
    { value: '', label: t('relationship.none') },
    ...relationships.map((value) => ({ value, label: t(`relationship.${value}`) })),
  ]
  return (
    <>
      <FormSelect
        name={`contacts.${n}.relationship`}
        label={t('field.relationship')}
        optional
        choices={choices}
      />
      <FormText name={`contacts.${n}.name`} label={t('field.contactName')} />
      <FormText
        name={`contacts.${n}.phone`}
        label={t('field.contactPhone')}
        optional
        dir="ltr"
        inputMode="tel"
      />
      <FormText
        name={`contacts.${n}.email`}
        label={t('field.contactEmail')}
        optional
        dir="ltr"
        inputMode="email"
      />
      <ContactLink n={n} />
    </>
  )
}

function OtherNameRow({ n }: { n: number }) {
  const { t } = usePatientWords()
  return (
    <>
      <FormSelect
        name={`otherNames.${n}.use`}
        label={t('field.type')}
        choices={nameUses.map((value) => ({ value, label: t(`nameUse.${value}`) }))}
      />
      <FormText name={`otherNames.${n}.text`} label={t('field.name')} />
    </>
  )
}
