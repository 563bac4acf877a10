// What directions say once they are understood, as closed words: every one of them can be said in English and in Arabic.
import * as z from 'zod'

export const doseUnits = [
  'tablet',
  'capsule',
  'ml',
  'mg',
  'g',
  'mcg',
  'unit',
  'iu',
  'mmol',
  'meq',
  'drop',
  'puff',
  'inhalation',
  'spray',
  'patch',
  'suppository',
  'pessary',
  'sachet',
  'lozenge',
  'ampoule',
  'vial',
  'teaspoon',
  'tablespoon',
  'application',
] as const
export type DoseUnit = (typeof doseUnits)[number]

export const routes = [
  'oral',
  'sublingual',
  'buccal',
  'intramuscular',
  'intravenous',
  'subcutaneous',
  'intradermal',
  'rectal',
  'vaginal',
  'inhalation',
  'nebulised',
  'nasal',
  'eye',
  'ear',
  'topical',
  'transdermal',
] as const
export type Route = (typeof routes)[number]

export const sites = [
  'left-eye',
  'right-eye',
  'both-eyes',
  'affected-eye',
  'left-ear',
  'right-ear',
  'both-ears',
  'affected-ear',
  'each-nostril',
  'left-nostril',
  'right-nostril',
  'affected-area',
  'skin',
  'scalp',
  'face',
] as const
export type Site = (typeof sites)[number]

export const methods = ['apply', 'inject', 'inhale', 'chew', 'dissolve'] as const
export type Method = (typeof methods)[number]

export const whens = [
  'morning',
  'noon',
  'afternoon',
  'evening',
  'night',
  'bedtime',
  'before-breakfast',
  'with-breakfast',
  'after-breakfast',
  'before-lunch',
  'with-lunch',
  'after-lunch',
  'before-dinner',
  'with-dinner',
  'after-dinner',
] as const
export type When = (typeof whens)[number]

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

export const periodUnits = ['min', 'h', 'd', 'wk', 'mo'] as const
export type PeriodUnit = (typeof periodUnits)[number]

const count = z.number().int().min(0).max(1000)
const amount = z.number().positive().max(100_000)

export const Dose = z.strictObject({ low: amount, high: amount.nullable(), unit: z.enum(doseUnits) })
export type Dose = z.infer<typeof Dose>

export const Frequency = z.strictObject({
  /** 0 only in "up to n times": then `timesHigh` is n. */
  times: count,
  timesHigh: count.nullable(),
  period: count.min(1),
  periodHigh: count.nullable(),
  /** once: one single dose, now; the period says nothing then. */
  periodUnit: z.enum([...periodUnits, 'once']),
  whens: z.array(z.enum(whens)),
  /** Wall clock, HH:MM. */
  clock: z.array(z.string()),
  weekdays: z.array(z.enum(weekdays)),
})
export type Frequency = z.infer<typeof Frequency>

export const Duration = z.strictObject({
  low: count.min(1),
  high: count.nullable(),
  unit: z.enum(['d', 'wk', 'mo']),
})
export type Duration = z.infer<typeof Duration>

export const Maximum = z.strictObject({
  value: amount,
  /** null: "at most 4 in 24 hours", as it was written. */
  unit: z.enum([...doseUnits, 'dose', 'times']).nullable(),
  period: count.min(1),
  periodUnit: z.enum(['h', 'd', 'wk']),
})
export type Maximum = z.infer<typeof Maximum>

export const Quantity = z.strictObject({ value: amount, unit: z.enum(doseUnits).nullable() })
export type Quantity = z.infer<typeof Quantity>

export const Sig = z.strictObject({
  text: z.string(),
  method: z.enum(methods).nullable(),
  dose: Dose.nullable(),
  route: z.enum(routes).nullable(),
  site: z.enum(sites).nullable(),
  frequency: Frequency.nullable(),
  duration: Duration.nullable(),
  asNeeded: z.boolean(),
  /** Keys of `reasonWords`. */
  reasons: z.array(z.string()),
  max: Maximum.nullable(),
  quantity: Quantity.nullable(),
  refills: count.nullable(),
  /** Keys of `adviceWords`. */
  additional: z.array(z.string()),
})
export type Sig = z.infer<typeof Sig>

/** Why directions stay as written. */
export const sigProblems = ['words', 'contradiction', 'no-dose', 'no-frequency', 'empty'] as const
export type SigProblem = (typeof sigProblems)[number]

/** Part of the written text, by position, so that a screen can mark it. */
export const Span = z.strictObject({ start: z.number().int(), end: z.number().int(), text: z.string() })
export type Span = z.infer<typeof Span>

export const SigText = z.strictObject({
  text: z.string(),
  why: z.enum(sigProblems),
  /** What was not understood, or contradicts the rest. */
  unparsed: z.array(Span),
})
export type SigText = z.infer<typeof SigText>

export type SigReading = Sig | SigText
export const isParsed = (reading: SigReading): reading is Sig => !('unparsed' in reading)
