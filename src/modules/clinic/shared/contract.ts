// The clinic: its name and region, its policies, and the state of its data.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Instant } from '#shared/time.ts'

export const ClinicRegion = {
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
  /** IANA zone; checked against what the runtime knows. */
  timeZone: z.string().refine(isTimeZone, { error: 'unknown time zone' }),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** BCP 47: language, date and number formats. */
  locale: z.string().refine(isLocale, { error: 'unknown locale' }),
} as const

export const Clinic = z.strictObject({
  rev: z.number().int(),
  name: z.string(),
  country: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  locale: z.string(),
  oneCareTeam: z.boolean(),
  isDemo: z.boolean(),
})
export type Clinic = z.infer<typeof Clinic>

export const Health = z.strictObject({
  /** ok, or what is wrong: the lamp in the header shows the worst of them. */
  state: z.enum(['ok', 'warning', 'danger']),
  checks: z.array(
    z.strictObject({
      name: z.enum([
        'audit-chain',
        'watermark',
        'row-sweep',
        'reserve',
        'keychain',
        'kit',
        'disk-space',
        'clock',
        'database-size',
        'jobs',
        'backup-age',
        'backup-offsite',
        'test-restore',
      ]),
      state: z.enum(['ok', 'warning', 'danger']),
      /** A count or size the words need; meaning depends on the check. */
      value: z.number().nullable(),
    }),
  ),
  /** What runs by itself: `name` and `problem` are codes the owning module has words for. */
  jobs: z.array(
    z.strictObject({
      name: z.string(),
      running: z.boolean(),
      dueAt: Instant,
      lastRunAt: Instant.nullable(),
      outcome: z.enum(['ok', 'failed']).nullable(),
      problem: z.string().nullable(),
      failures: z.number().int(),
    }),
  ),
  auditEntries: z.number().int(),
  commits: z.number().int(),
  patients: z.number().int(),
  checkedAt: Instant,
})
export type Health = z.infer<typeof Health>

const filtered = ['name', 'country', 'timeZone', 'currency', 'locale', 'isDemo'] as const

export const clinic = contract('clinic', {
  get: query({
    summary: 'The clinic’s name, region and policies.',
    access: 'clinic.R',
    audit: false,
    reads: ['clinic'],
    input: z.strictObject({}),
    output: Clinic.partial({ rev: true, oneCareTeam: true }),
    fields: { patient: filtered, civil: filtered, researcher: filtered },
  }),
  update: command({
    summary: 'Change the clinic’s name, region or policies.',
    access: 'clinic.M',
    audit: { action: 'clinic.update', category: 'configuration' },
    input: z.strictObject({
      rev: z.number().int(),
      name: z.string().trim().min(1).max(200),
      ...ClinicRegion,
      oneCareTeam: z.boolean(),
    }),
    output: Clinic,
  }),
  health: query({
    summary: 'State of the audit chain, watermark, keys and disk.',
    access: 'clinic.M',
    audit: false,
    reads: [],
    input: z.strictObject({}),
    output: Health,
  }),
  supportFile: command({
    summary: 'A file about this computer and its checks, without patient data, for somebody who helps.',
    access: 'clinic.M',
    audit: { action: 'clinic.support-file', category: 'system' },
    input: z.strictObject({}),
    output: z.strictObject({
      /** JSON, for reading before it is saved. */
      text: z.string(),
      token: z.string(),
      name: z.string(),
    }),
  }),
})

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
