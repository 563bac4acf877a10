// What a clinic may set about access: asking for reasons, and which hours count as night.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'

/** SECURITY AUTHZ-09. */
export const bulkLimits = { charts: 60, minutes: 10, exportedRows: 500 } as const

const Hour = z.number().int().min(0).max(23)
export const AccessPolicy = z.strictObject({
  /** Ask once a day why a record is opened that only "one care team" opens. */
  askReason: z.boolean(),
  /** Ask for the password again, and tell the privacy duty, when records are opened at night. */
  watchNight: z.boolean(),
  /** Hours of the clinic's own clock. */
  nightFrom: Hour,
  nightTo: Hour,
})
export type AccessPolicy = z.infer<typeof AccessPolicy>

export const policyProcedures = {
  policy: query({
    summary: 'Whether reasons for access are asked, and which hours count as night.',
    access: 'clinic.M',
    audit: { action: 'access.view-policy', category: 'configuration' },
    reads: ['clinic_setting'],
    input: z.strictObject({}),
    output: AccessPolicy,
  }),
  savePolicy: command({
    summary: 'Set whether reasons for access are asked, and which hours count as night.',
    access: 'clinic.M',
    stepUp: true,
    audit: {
      action: 'access.save-policy',
      category: 'configuration',
      detail: (i: AccessPolicy) =>
        `reason ${i.askReason ? 'on' : 'off'}, night ${i.watchNight ? `${i.nightFrom}-${i.nightTo}` : 'off'}`,
    },
    input: AccessPolicy,
    output: AccessPolicy,
  }),
} as const
