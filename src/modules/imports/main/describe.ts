// What a list says of any resource, mapped or not: a title, and when it happened. Never throws.
import { cleanText, clip, isObject, type RawObject } from './fhir-element.ts'
import { type FhirTime, parseFhirTime } from './fhir-time.ts'

const titleKeys = [
  'title',
  'code',
  'vaccineCode',
  'medicationCodeableConcept',
  'name',
  'type',
  'description',
  'category',
  'serviceType',
  'productName',
  'kind',
  'purpose',
] as const

/** Start of the event first, then when it was written down. */
const timeKeys = [
  'effectiveDateTime',
  'effectivePeriod',
  'effectiveInstant',
  'performedDateTime',
  'performedPeriod',
  'occurrenceDateTime',
  'occurrencePeriod',
  'period',
  'onsetDateTime',
  'onsetPeriod',
  'recordedDate',
  'authoredOn',
  'started',
  'start',
  'whenHandedOver',
  'whenPrepared',
  'billablePeriod',
  'servicedPeriod',
  'issued',
  'date',
  'dateTime',
  'created',
  'sent',
  'recorded',
  'dateAsserted',
  'startDate',
  'receivedTime',
  'createdDateTime',
  'statusDate',
  'timestamp',
] as const

export function titleOf(resource: RawObject): string | null {
  if (resource.resourceType === 'Patient' || resource.resourceType === 'Practitioner')
    return nameOf(resource.name)
  for (const key of titleKeys) {
    const title = words(resource[key])
    if (title !== null) return clip(title, 300)
  }
  return null
}

/** A person's name as written, or put together from its parts. */
export function nameOf(value: unknown): string | null {
  const names = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isObject)
  const name = names.find((n) => n.use === 'official') ?? names.find((n) => n.use === 'usual') ?? names[0]
  if (!name) return null
  if (typeof name.text === 'string') return clip(cleanText(name.text), 300)
  const parts = [name.prefix, name.given, name.family, name.suffix].flatMap((part) =>
    (Array.isArray(part) ? (part as unknown[]) : [part]).filter((p) => typeof p === 'string'),
  )
  return clip(cleanText(parts.join(' ')), 300)
}

export function clinicalTimeOf(resource: RawObject): FhirTime | null {
  for (const key of timeKeys) {
    const value = resource[key]
    const text = isObject(value) ? (value.start ?? value.end) : value
    if (typeof text !== 'string') continue
    const time = parseFhirTime(text)
    if (time) return time
  }
  return null
}

function words(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return cleanText(first)
  if (!isObject(first)) return null
  const direct = [first.text, first.display, first.value].find((t) => typeof t === 'string')
  if (typeof direct === 'string') return cleanText(direct)
  if (first.family !== undefined || first.given !== undefined) return nameOf(first)
  const codings = Array.isArray(first.coding) ? (first.coding as unknown[]).filter(isObject) : []
  for (const key of ['display', 'code'] as const) {
    const found = codings.map((c) => c[key]).find((t) => typeof t === 'string')
    if (typeof found === 'string') return cleanText(found)
  }
  return typeof first.code === 'string' ? cleanText(first.code) : null
}
