// The bundled patients of the demo clinic as scripts/make-demo.mjs writes them: one JSON object a line, gzipped.
// Times are days before the day the clinic is filled, so that its yesterday is always yesterday.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod'

const day = z.number().int().min(0)
const maybe = z.string().nullable()
const doctor = z.enum(['keller', 'osei'])

const Vitals = z.strictObject({
  sys: z.number().optional(),
  dia: z.number().optional(),
  hr: z.number().optional(),
  rr: z.number().optional(),
  temp: z.number().optional(),
  spo2: z.number().optional(),
  weight: z.number().optional(),
  height: z.number().optional(),
  bmi: z.number().optional(),
  head: z.number().optional(),
  pain: z.number().optional(),
})
export type DemoVitals = z.infer<typeof Vitals>

/** S, O, A and P; a list becomes bullet points. */
const NoteText = z.strictObject({
  title: z.string(),
  s: z.string(),
  o: z.string(),
  a: z.string(),
  p: z.array(z.string()),
})
export type DemoNote = z.infer<typeof NoteText>

const Visit = z.strictObject({
  day,
  /** Minutes after midnight UTC, and length in minutes. */
  minute: z.number().int(),
  minutes: z.number().int(),
  type: z.string(),
  reason: z.string(),
  by: doctor,
  vitals: Vitals.optional(),
  note: NoteText.optional(),
  addendum: z.strictObject({ after: z.number().int(), text: z.string() }).optional(),
  correction: z
    .strictObject({ after: z.number().int(), reason: z.string(), from: z.string(), to: z.string() })
    .optional(),
})
export type DemoVisit = z.infer<typeof Visit>

const Result = z.strictObject({
  code: z.string(),
  display: z.string(),
  value: z.number().optional(),
  text: z.string().optional(),
  unit: maybe.optional(),
  ucum: maybe.optional(),
  low: z.number().nullable().optional(),
  high: z.number().nullable().optional(),
  words: z.string().optional(),
  flag: maybe,
})
const Report = z.strictObject({
  day,
  code: maybe,
  display: z.string(),
  conclusion: z.string().optional(),
  results: z.array(Result),
})
export type DemoReport = z.infer<typeof Report>

const Allergy = z.strictObject({
  substance: z.string(),
  reactions: z.array(z.string()),
  severity: z.string(),
  criticality: z.string(),
  clinical: z.string(),
  verification: z.string(),
  day,
})
const Problem = z.strictObject({
  code: z.string(),
  display: z.string(),
  day,
  status: z.enum(['active', 'resolved']),
  until: day.optional(),
  note: z.string().optional(),
})
const Medicine = z.strictObject({
  display: z.string(),
  directions: z.string(),
  day,
  until: day.optional(),
  status: z.enum(['active', 'completed', 'stopped']),
  statusReason: z.string().optional(),
  by: doctor,
  dose: z.tuple([z.number(), z.string()]).optional(),
  route: z.string().optional(),
  frequency: z.string().optional(),
  prn: z.boolean().optional(),
  reason: z.string().optional(),
})
const Immunization = z.strictObject({
  cvx: z.string(),
  display: z.string(),
  day,
  lot: z.string().optional(),
  site: z.string().optional(),
})
const Procedure = z.strictObject({
  display: z.string(),
  day,
  by: doctor,
  outcome: z.string().optional(),
  bodySite: z.string().optional(),
})
const Document = z.strictObject({
  type: z.string(),
  title: z.string(),
  day,
  author: z.string(),
  description: z.string(),
})
const CarePlan = z.strictObject({
  title: z.string(),
  day,
  activities: z.array(z.string()),
  addresses: z.array(z.string()),
  description: z.string(),
})

export const DemoPatient = z.strictObject({
  key: z.string(),
  doctor,
  name: z.strictObject({
    text: z.string(),
    family: maybe,
    given: maybe,
    others: z.array(z.strictObject({ use: z.enum(['official', 'maiden', 'nickname']), text: z.string() })),
  }),
  gender: z.enum(['female', 'male', 'other', 'unknown']),
  bornDaysAgo: day,
  birthEstimated: z.boolean(),
  deceasedDaysAgo: day.nullable(),
  language: z.string(),
  marital: maybe,
  registeredDaysAgo: day,
  phone: z.string(),
  email: maybe,
  address: z.tuple([z.string(), z.string(), z.string()]),
  /** People around the patient: by key where they are patients too. */
  contacts: z.array(
    z.strictObject({
      relationship: z.string(),
      key: z.string().optional(),
      name: z.string().optional(),
      phone: z.string().optional(),
    }),
  ),
  flag: z.strictObject({ kind: z.enum(['alert', 'sticky']), text: z.string() }).nullable(),
  /** `asked` with no items is "none known"; not asked is nothing recorded. */
  allergies: z.strictObject({ asked: z.boolean(), items: z.array(Allergy) }),
  problems: z.array(Problem),
  medicines: z.array(Medicine),
  visits: z.array(Visit),
  reports: z.array(Report),
  immunizations: z.array(Immunization),
  procedures: z.array(Procedure),
  documents: z.array(Document),
  carePlans: z.array(CarePlan),
  /** A visit under way today, with a note begun: what it is about. */
  today: maybe,
})
export type DemoPatient = z.infer<typeof DemoPatient>

export function readDemoPatients(file: string): DemoPatient[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n')
  return lines.map((line) => DemoPatient.parse(JSON.parse(line)))
}
