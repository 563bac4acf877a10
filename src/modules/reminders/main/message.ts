// What one reminder says and to whom: words in the patient's language where the clinic has them.
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { fillTemplate, languageFor, visitTimeIn } from '../shared/template.ts'
import { consentOf } from './consent.ts'
import type { SendRow } from './decide.ts'
import * as q from './queries.ts'
import { templatesOf, timingOf } from './settings.ts'
import { bookedVisit, providerName } from './visits.ts'

export interface Message {
  readonly address: string
  readonly name: string
  readonly language: string
  readonly subject: string
  readonly body: string
}

export function messageOf(read: Reader, row: SendRow): Message {
  const person = read.get(q.addressee, { id: row.patient_id })
  const visit = bookedVisit(read, row.patient_id, row.appointment_id)
  const { address } = consentOf(read, row.patient_id)
  if (!person || !visit || address === null) throw new Error('a reminder was written before it was decided')
  const clinic = clinicOf(read)
  const templates = templatesOf(read)
  const language = languageFor(
    templates.map((t) => t.language),
    [person.language, clinic.locale],
  )
  const template = templates.find((t) => t.language === language)
  if (!template) throw new Error(`no words in ${language}`)
  const filled = fillTemplate(
    template,
    {
      'patient.given': person.given?.trim() || person.name_text,
      'patient.name': person.name_text,
      ...visitTimeIn(row.start_at, language, clinic.timeZone),
      provider: providerName(read, visit.providerId),
      clinic: clinic.name,
      phone: timingOf(read).phone ?? '',
    },
    language,
  )
  return { address, name: person.name_text, language, ...filled }
}
