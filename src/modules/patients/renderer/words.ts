// How a person's facts read: age, sex, dates, and the names of codes. Codes we do not know are shown as they came.
import { commonTexts } from '#renderer/i18n/common.ts'
import { type TextKey, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { intlLocale } from '#renderer/i18n/intl.ts'
import type { genders, PatientView } from '../shared/contract.ts'
import { identifierTypes, maritalStatuses, relationships } from './choices.ts'
import { patientTexts } from './i18n.ts'
import type { en } from './texts-en.ts'

type Gender = (typeof genders)[number]
type Key = TextKey<typeof en>
type RowOf<K extends 'identifiers' | 'telecoms' | 'addresses' | 'contacts' | 'otherNames'> = Omit<
  NonNullable<PatientView[K]>[number],
  'id'
>

export interface Lived {
  readonly birthDate?: string | null | undefined
  readonly birthDateEstimated?: boolean | null | undefined
  readonly deceased?: boolean | null | undefined
  readonly deceasedAt?: string | null | undefined
}

export function usePatientWords() {
  const t = useTexts(patientTexts)
  const common = useTexts(commonTexts)
  const formats = useFormats()
  const sex = (gender: Gender | null | undefined) => (gender ? common(`gender.${gender}`) : null)
  const birthDate = (person: Lived) => {
    if (!person.birthDate) return null
    const date = formats.date(person.birthDate)
    return person.birthDateEstimated ? `${date} (${t('line.estimated')})` : date
  }
  const purpose = (value: string | null) => (value ? t(`use.${value}` as Key) : null)
  const joined = (parts: readonly (string | null | undefined)[], between = ' · ') =>
    parts.filter(Boolean).join(between)
  return {
    t,
    formats,
    sex,
    birthDate,
    joined,
    sexShort: (gender: Gender | null | undefined) => (gender ? common(`gender.short.${gender}`) : null),
    /** Today's age, or the age reached. */
    age: (person: Lived, width?: 'short' | 'long') => {
      if (!person.birthDate) return null
      const on = person.deceased ? person.deceasedAt?.slice(0, 10) : undefined
      if (person.deceased && (!on || on.length < 10)) return null
      return formats.age(person.birthDate, on, width)
    },
    language: (tag: string | null | undefined) => (tag ? languageName(tag, formats.locale) : null),
    marital: (code: string | null | undefined) => known(code, maritalStatuses, (c) => t(`marital.${c}`)),
    relationship: (code: string | null | undefined) =>
      known(code, relationships, (c) => t(`relationship.${c}`)),
    identifierType: (row: { typeCode: string | null; typeDisplay: string | null; system: string | null }) =>
      known(row.typeCode, Object.keys(identifierTypes) as (keyof typeof identifierTypes)[], (c) =>
        row.typeDisplay && row.typeDisplay !== identifierTypes[c] ? row.typeDisplay : t(`identifier.${c}`),
      ) ??
      row.typeDisplay ??
      t('identifier.other'),
    telecomKind: (row: RowOf<'telecoms'>) => joined([t(`telecom.${row.system}`), purpose(row.use)], ', '),
    addressUse: purpose,
    addressLine: (row: RowOf<'addresses'>) =>
      joined(
        [
          row.lines,
          joined([row.postalCode, row.city], ' '),
          row.district,
          row.state,
          regionName(row.country, formats.locale),
        ],
        ', ',
      ),
    otherName: (row: RowOf<'otherNames'>) => `${t(`nameUse.${row.use}`)}: ${row.text}`,
  }
}
export type PatientWords = ReturnType<typeof usePatientWords>

function known<C extends string>(
  code: string | null | undefined,
  codes: readonly C[],
  name: (code: C) => string,
): string | null {
  if (!code) return null
  return codes.includes(code as C) ? name(code as C) : code
}

export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([intlLocale(locale)], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

function regionName(country: string | null, locale: string): string | null {
  if (!country || !/^[A-Z]{2}$/.test(country)) return country
  try {
    return new Intl.DisplayNames([intlLocale(locale)], { type: 'region' }).of(country) ?? country
  } catch {
    return country
  }
}
