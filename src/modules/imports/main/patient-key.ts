// Which patient a resource belongs to, by the references it makes.
import { isObject, type RawObject } from './fhir-element.ts'
import {
  type FileIndex,
  identify,
  isTypeName,
  keyText,
  type Located,
  type ResourceKey,
} from './references.ts'

/** Fields that name the patient, in the order in which they are believed. */
const patientFields = [
  'patient',
  'subject',
  'beneficiary',
  'individual',
  'for',
  'candidate',
  'securityContext',
]
/** Resources that name their patient one step further away. */
const pathsByType: Readonly<Record<string, readonly string[]>> = {
  Appointment: ['participant', 'actor'],
  AppointmentResponse: ['actor'],
  AuditEvent: ['entity', 'what'],
  MessageHeader: ['focus'],
  Person: ['link', 'target'],
  Provenance: ['target'],
  Schedule: ['actor'],
}

/**
 * The patient a resource belongs to; null for the clinic level. Where it names several patients, none is chosen.
 * A contained patient has no identity of its own and is none (FHIR R4, contained resources).
 */
export function patientKeyOf(located: Located, index: FileIndex, steps = 2): ResourceKey | null {
  const { raw } = located
  if (raw.resourceType === 'Patient') return located.key
  if (raw.resourceType === 'Bundle') return patientOfBundle(raw, located, index)
  for (const field of patientFields) {
    const found = patientsIn(raw[field], located, index, 0)
    if (found.length > 0) return only(found)
  }
  const path = pathsByType[String(raw.resourceType)]
  if (!path) return null
  let values: unknown[] = [raw]
  for (const key of path) {
    values = values.flatMap((v): unknown[] => {
      const next = isObject(v) ? v[key] : undefined
      return Array.isArray(next) ? (next as unknown[]) : [next]
    })
  }
  return only(patientsIn(values, located, index, steps))
}

function patientsIn(value: unknown, from: Located, index: FileIndex, steps: number): ResourceKey[] {
  const references = Array.isArray(value) ? (value as unknown[]) : [value]
  return references.flatMap((reference): ResourceKey[] => {
    // A urn without a type stands for the patient: it is the only thing that is looked for here.
    const found = index.resolve(reference, from) ?? null
    const key = found?.key ?? index.resolve(reference, from, 'Patient')?.key
    if (!key) return []
    if (key[1] === 'Patient') return [key]
    const target = steps > 0 ? index.find(key) : undefined
    const further = target ? patientKeyOf(target, index, steps - 1) : null
    return further ? [further] : []
  })
}

/** A Bundle inside of another is kept whole, with the one patient all its resources agree on. */
function patientOfBundle(raw: RawObject, outer: Located, index: FileIndex): ResourceKey | null {
  if (!Array.isArray(raw.entry)) return null
  const keys: ResourceKey[] = []
  for (const entry of (raw.entry as unknown[]).filter(isObject)) {
    const resource = entry.resource
    if (!isObject(resource) || !isTypeName(resource.resourceType) || resource.resourceType === 'Bundle')
      continue
    const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl : null
    const ns = outer.base ?? outer.key[0]
    const { key, base } = identify(resource, fullUrl, ns, '')
    const found = patientKeyOf({ key, base: base ?? outer.base, fullUrl, raw: resource }, index)
    if (found) keys.push(found)
  }
  return only(keys)
}

function only(keys: readonly ResourceKey[]): ResourceKey | null {
  const first = keys[0]
  if (!first) return null
  return keys.every((k) => keyText(k) === keyText(first)) ? first : null
}
