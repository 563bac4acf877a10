// The product's own texts by module and language: screens are found by their labels in any language, and an English
// sentence on an Arabic screen is noticed.
import { ar as accessAr } from '#modules/access/renderer/texts-ar.ts'
import { en as accessEn } from '#modules/access/renderer/texts-en.ts'
import { ar as auditAr } from '#modules/audit/renderer/texts-ar.ts'
import { en as auditEn } from '#modules/audit/renderer/texts-en.ts'
import { ar as oversightAr } from '#modules/oversight/renderer/texts-ar.ts'
import { en as oversightEn } from '#modules/oversight/renderer/texts-en.ts'
import { ar as chartAr } from '#modules/chart/renderer/texts-ar.ts'
import { en as chartEn } from '#modules/chart/renderer/texts-en.ts'
import { ar as clinicAr } from '#modules/clinic/renderer/texts-ar.ts'
import { en as clinicEn } from '#modules/clinic/renderer/texts-en.ts'
import { ar as codesAr } from '#modules/codes/renderer/texts-ar.ts'
import { en as codesEn } from '#modules/codes/renderer/texts-en.ts'
import { ar as downtimeAr } from '#modules/downtime/renderer/texts-ar.ts'
import { en as downtimeEn } from '#modules/downtime/renderer/texts-en.ts'
import { ar as federationAr } from '#modules/federation/renderer/texts-ar.ts'
import { en as federationEn } from '#modules/federation/renderer/texts-en.ts'
import { ar as importsAr } from '#modules/imports/renderer/texts-ar.ts'
import { en as importsEn } from '#modules/imports/renderer/texts-en.ts'
import { ar as keysAr } from '#modules/keys/renderer/texts-ar.ts'
import { en as keysEn } from '#modules/keys/renderer/texts-en.ts'
import { ar as notesAr } from '#modules/notes/renderer/texts-ar.ts'
import { en as notesEn } from '#modules/notes/renderer/texts-en.ts'
import { ar as patientsAr } from '#modules/patients/renderer/texts-ar.ts'
import { en as patientsEn } from '#modules/patients/renderer/texts-en.ts'
import { ar as peopleAr } from '#modules/people/renderer/texts-ar.ts'
import { en as peopleEn } from '#modules/people/renderer/texts-en.ts'
import { ar as privacyAr } from '#modules/privacy/renderer/texts-ar.ts'
import { en as privacyEn } from '#modules/privacy/renderer/texts-en.ts'
import { ar as profileAr } from '#modules/profile/renderer/texts-ar.ts'
import { en as profileEn } from '#modules/profile/renderer/texts-en.ts'
import { ar as signInAr } from '#modules/session/renderer/sign-in-texts-ar.ts'
import { en as signInEn } from '#modules/session/renderer/sign-in-texts-en.ts'
import { ar as sessionAr } from '#modules/session/renderer/texts-ar.ts'
import { en as sessionEn } from '#modules/session/renderer/texts-en.ts'
import { ar as boardAr } from '#modules/board/renderer/texts-ar.ts'
import { en as boardEn } from '#modules/board/renderer/texts-en.ts'
import { ar as vitalsAr } from '#modules/vitals/renderer/texts-ar.ts'
import { en as vitalsEn } from '#modules/vitals/renderer/texts-en.ts'
import { ar as schedulingAr } from '#modules/scheduling/renderer/texts-ar.ts'
import { en as schedulingEn } from '#modules/scheduling/renderer/texts-en.ts'
import { ar as prescribingAr } from '#modules/prescribing/renderer/texts-ar.ts'
import { en as prescribingEn } from '#modules/prescribing/renderer/texts-en.ts'
import { ar as backupsAr } from '#modules/backups/renderer/texts-ar.ts'
import { en as backupsEn } from '#modules/backups/renderer/texts-en.ts'
import { ar as billingAr } from '#modules/billing/renderer/texts-ar.ts'
import { en as billingEn } from '#modules/billing/renderer/texts-en.ts'
import { ar as papersAr } from '#modules/papers/renderer/texts-ar.ts'
import { en as papersEn } from '#modules/papers/renderer/texts-en.ts'
import { ar as remindersAr } from '#modules/reminders/renderer/texts-ar.ts'
import { en as remindersEn } from '#modules/reminders/renderer/texts-en.ts'
import { ar as commonAr } from '#renderer/i18n/ar.ts'
import { en as commonEn } from '#renderer/i18n/en.ts'

export type Language = 'en' | 'ar'

const english = {
  access: accessEn,
  audit: auditEn,
  oversight: oversightEn,
  backups: backupsEn,
  billing: billingEn,
  board: boardEn,
  chart: chartEn,
  clinic: clinicEn,
  codes: codesEn,
  common: commonEn,
  downtime: downtimeEn,
  federation: federationEn,
  imports: importsEn,
  keys: keysEn,
  notes: notesEn,
  papers: papersEn,
  patients: patientsEn,
  people: peopleEn,
  prescribing: prescribingEn,
  privacy: privacyEn,
  profile: profileEn,
  reminders: remindersEn,
  scheduling: schedulingEn,
  session: sessionEn,
  'sign-in': signInEn,
  vitals: vitalsEn,
} as const
const arabic = {
  access: accessAr,
  audit: auditAr,
  oversight: oversightAr,
  backups: backupsAr,
  billing: billingAr,
  board: boardAr,
  chart: chartAr,
  clinic: clinicAr,
  codes: codesAr,
  common: commonAr,
  downtime: downtimeAr,
  federation: federationAr,
  imports: importsAr,
  keys: keysAr,
  notes: notesAr,
  papers: papersAr,
  patients: patientsAr,
  people: peopleAr,
  prescribing: prescribingAr,
  privacy: privacyAr,
  profile: profileAr,
  reminders: remindersAr,
  scheduling: schedulingAr,
  session: sessionAr,
  'sign-in': signInAr,
  vitals: vitalsAr,
}

type Module = keyof typeof english
export type Words = <M extends Module>(module: M, key: keyof (typeof english)[M] & string) => string

export function wordsIn(language: Language): Words {
  const tables: Record<Module, Readonly<Record<string, string>>> = language === 'ar' ? arabic : english
  return (module, key) => {
    const text = tables[module][key]
    if (text === undefined) throw new Error(`no words for ${module}:${key} in ${language}`)
    return text
  }
}

/** Names FHIR gives to kinds of records, and of languages in themselves; they are the same in every language. */
const sameEverywhere = new Set(['Patient', 'Procedure', 'English'])

/** Sentences and words that only stand on English screens. */
export function onlyEnglish(): string[] {
  return (Object.keys(english) as Module[]).flatMap((module) => {
    const theirs: Readonly<Record<string, string>> = arabic[module]
    return Object.entries(english[module]).flatMap(([key, text]) =>
      /[a-z]{3}/i.test(text) && theirs[key] !== text && !sameEverywhere.has(text) ? [text] : [],
    )
  })
}
