// Coded values and measured values as every clinical module writes them (FHIR R4 Coding and Quantity).
import * as z from 'zod'

/** FHIR Coding plus the words as written. `display` is never empty: it is what people read. */
export const Coded = z.strictObject({
  system: z.string().max(500).nullable(),
  code: z.string().max(200).nullable(),
  display: z.string().min(1).max(2000),
})
export type Coded = z.infer<typeof Coded>

/** IPS absent-unknown codes (HL7 CC0): "none known" is a recorded fact, not an empty list. */
export const absentUnknownSystem = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'
export const noKnownAllergies = 'no-known-allergies'
