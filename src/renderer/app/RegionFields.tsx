// Country, time zone, currency and language of a clinic, as first start and the settings page ask for them.
import { useMemo } from 'react'
import { ComboField } from '#ui/ComboField.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useTexts } from '../i18n/define.ts'
import { intlLocale } from '../i18n/intl.ts'
import { displayLocale, languages } from '../i18n/i18n.ts'
import { countryChoices, currencyChoices, currencyOf, timeZoneChoices, timeZoneOf } from '../i18n/regions.ts'
import { regionTexts } from './region-texts.ts'

export interface Region {
  readonly country: string
  readonly timeZone: string
  readonly currency: string
  readonly locale: string
}

const languageNames = { en: 'English', ar: 'العربية' } as const

/** The language as used in that country: decides the order of dates and the marks in numbers. */
export const localeFor = (language: string, country: string): string => `${language}-${country}`

export interface RegionFieldsProps {
  readonly value: Region
  readonly onChange: (value: Region) => void
  /** A new country brings its zone and currency along; in the settings each is changed by itself. */
  readonly follow?: boolean
}

export function RegionFields({ value, onChange, follow = false }: RegionFieldsProps) {
  const t = useTexts(regionTexts)
  const locale = intlLocale(displayLocale())
  const countries = useMemo(() => countryChoices(locale), [locale])
  const zones = useMemo(() => timeZoneChoices(locale), [locale])
  const currencies = useMemo(() => currencyChoices(locale), [locale])
  const language = languages.find((name) => value.locale.toLowerCase().startsWith(name)) ?? 'en'
  const changeCountry = (country: string) => {
    const next = { ...value, country, locale: localeFor(language, country) }
    if (!follow) return onChange(next)
    onChange({ ...next, timeZone: timeZoneOf(country) ?? value.timeZone, currency: currencyOf(country) })
  }
  const emptyText = t('nothingFits')
  return (
    <>
      <ComboField
        label={t('country')}
        value={value.country}
        onChange={changeCountry}
        choices={countries}
        emptyText={emptyText}
      />
      <ComboField
        label={t('timeZone')}
        value={value.timeZone}
        onChange={(timeZone) => onChange({ ...value, timeZone })}
        choices={zones}
        emptyText={emptyText}
      />
      <ComboField
        label={t('currency')}
        value={value.currency}
        onChange={(currency) => onChange({ ...value, currency })}
        choices={currencies}
        emptyText={emptyText}
      />
      <SelectField
        label={t('language')}
        hint={t('languageHint')}
        value={language}
        onChange={(next) => onChange({ ...value, locale: localeFor(next, value.country) })}
        choices={languages.map((name) => ({ value: name, label: languageNames[name] }))}
      />
    </>
  )
}
