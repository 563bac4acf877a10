// Disclosures: what left the clinic about a patient, to whom and why (SECURITY 4.4, PRIV-06).
import * as z from 'zod'
import { Id, PatientId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'

export const recipientKinds = [
  'person',
  'provider',
  'insurer',
  'authority',
  'court',
  'research',
  'other',
] as const
export const bases = [
  'consent',
  'law',
  'public-health',
  'court',
  'oversight',
  'research',
  'emergency',
  'request',
  'care',
  'payment',
  'operations',
  'other',
] as const
export type DisclosureBasis = (typeof bases)[number]
/** Treatment, payment, operations: in the accounting only where it is asked for. */
export const routineBases: readonly DisclosureBasis[] = ['care', 'payment', 'operations']
/** How far back a patient may ask, and how far back the report goes. */
export const accountingYears = 6

const line = (max: number) => z.string().trim().min(2).max(max)
export const DisclosureFields = {
  occurredAt: Instant,
  recipient: line(200),
  recipientKind: z.enum(recipientKinds),
  address: z.string().trim().max(300).nullable(),
  what: line(500),
  basis: z.enum(bases),
  purpose: line(500),
} as const

export const Disclosure = z.strictObject({
  id: Id,
  rev: z.number().int(),
  ...DisclosureFields,
  /** Entered by a person, or written by the act that let the data out. */
  origin: z.enum(['entered', 'act']),
  recordedByName: z.string(),
  /** An authority has ordered that the patient is not told for now. */
  suspended: z.boolean(),
})
export type Disclosure = z.infer<typeof Disclosure>

export const Suspension = z.strictObject({
  id: Id,
  rev: z.number().int(),
  authority: z.string(),
  reason: z.string(),
  since: Instant,
  until: Instant,
  isOver: z.boolean(),
})
export type Suspension = z.infer<typeof Suspension>

export const SuspensionFields = {
  patientId: PatientId,
  /** As it stands as the recipient of the disclosures it is about. */
  authority: line(200),
  reason: line(500),
  until: Instant,
} as const
