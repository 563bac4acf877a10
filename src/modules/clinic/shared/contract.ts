// The clinic: its name and region, its policies, and the state of its data.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Instant } from '#shared/time.ts'
import { mostTimeServers, TimeServerName } from '#shared/time-servers.ts'

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
        'key-age',
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
  /** What comparing the clock with time servers said last, and how far entries trust it now. */
  time: z.strictObject({
    outcome: z.enum(['never', 'off', 'right', 'wrong', 'silent', 'disagree']),
    at: Instant.nullable(),
    /** By how much this computer's clock is ahead; negative: behind. */
    aheadMs: z.number().int().nullable(),
    server: z.string().nullable(),
    quality: z.enum(['ok', 'unknown', 'suspect']),
  }),
  auditEntries: z.number().int(),
  commits: z.number().int(),
  patients: z.number().int(),
  checkedAt: Instant,
})
export type Health = z.infer<typeof Health>

export const TimeSettings = z
  .strictObject({
    /** `system`: those the computer's own system asks. */
    from: z.enum(['system', 'own', 'none']),
    servers: z.array(TimeServerName).max(mostTimeServers),
  })
  .refine(({ from, servers }) => from !== 'own' || servers.length > 0, { path: ['servers'] })
export type TimeSettings = z.infer<typeof TimeSettings>

const TimeSettingsNow = z.strictObject({
  from: TimeSettings.shape.from,
  servers: z.array(z.string()),
  /** What `system` is on this computer. */
  system: z.array(z.string()),
})

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
    reads: ['job_state'],
    input: z.strictObject({}),
    output: Health,
  }),
  timeSettings: query({
    summary: 'Which time servers the clock is compared with.',
    access: 'clinic.M',
    audit: { action: 'clock.view-settings', category: 'configuration' },
    reads: ['clinic_setting'],
    input: z.strictObject({}),
    output: TimeSettingsNow,
  }),
  saveTimeSettings: command({
    summary: 'Choose which time servers the clock is compared with.',
    access: 'clinic.M',
    audit: {
      action: 'clock.save-settings',
      category: 'configuration',
      detail: (i) => [i.from, ...(i.from === 'own' ? i.servers : [])].join(' '),
    },
    input: TimeSettings,
    output: TimeSettingsNow,
  }),
  compareTime: command({
    summary: 'Compare the clock with the time servers now, in the background.',
    access: 'clinic.M',
    audit: { action: 'clock.check', category: 'system' },
    input: z.strictObject({}),
    output: z.strictObject({ started: z.boolean() }),
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
