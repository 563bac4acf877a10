// A second person's consent: how long it is good for, and what is told of a request.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'

export const approvalHours = 24
/** How long a clinic's only administrator waits after the kit: long enough for everybody on the staff to hear of it. */
export const kitDelayHours = 24

export const requestStates = [
  'open',
  'approved',
  'waiting',
  'declined',
  'withdrawn',
  'used',
  'expired',
] as const

export const ApprovalRequest = z.strictObject({
  id: Id,
  rev: z.number().int(),
  /** `module.procedure`: the screen has words for it. */
  procedure: z.string(),
  facts: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  askedBy: UserId,
  askedByName: z.string(),
  askedAt: Instant,
  /** waiting: agreed to with the kit, and the delay is not over. */
  state: z.enum(requestStates),
  answeredByName: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answer: z.string().nullable(),
  byKit: z.boolean(),
  goodFrom: Instant.nullable(),
  goodUntil: Instant,
  /** True for the person's own: they may withdraw it, and never agree to it. */
  mine: z.boolean(),
  /** True for the person's own, where nobody else could agree: then the kit stands in. */
  alone: z.boolean(),
  /** What the person asked to do, as JSON, while they may do it: sent again as it is, it passes. */
  input: z.string().nullable(),
})
export type ApprovalRequest = z.infer<typeof ApprovalRequest>

const one = { id: Id, rev: z.number().int() } as const
const Answer = z.string().trim().min(3).max(500)

export const secondPersonProcedures = {
  listRequests: query({
    summary: 'Acts that wait for a second person, and the answers of the last 30 days.',
    access: 'approvals.R',
    audit: { action: 'approval.list', category: 'configuration' },
    reads: ['approval_request'],
    input: z.strictObject({}),
    output: z.strictObject({ requests: z.array(ApprovalRequest) }),
  }),
  approve: command({
    summary: 'Agree to what another administrator asked for; they can do it within 24 hours.',
    access: 'approvals.U',
    stepUp: true,
    audit: { action: 'approval.agree', category: 'configuration', detail: (_i, o) => o.procedure },
    input: z.strictObject(one),
    output: ApprovalRequest,
    errors: ['WRONG_STATE', 'RESTRICTED'],
  }),
  approveWithKit: command({
    summary: 'As the only administrator, agree with the recovery kit; good after 24 hours.',
    access: 'approvals.U',
    stepUp: true,
    audit: { action: 'approval.agree-with-kit', category: 'configuration', detail: (_i, o) => o.procedure },
    input: z.strictObject({ ...one, kit: z.string().min(1).max(1000) }),
    output: ApprovalRequest,
    errors: ['WRONG_STATE', 'RESTRICTED', 'WRONG_KIT'],
  }),
  decline: command({
    summary: 'Refuse what another administrator asked for.',
    access: 'approvals.U',
    audit: { action: 'approval.decline', category: 'configuration', detail: (_i, o) => o.procedure },
    input: z.strictObject({ ...one, reason: Answer }),
    output: ApprovalRequest,
    errors: ['WRONG_STATE', 'RESTRICTED'],
  }),
  withdraw: command({
    summary: 'Take back what one asked for oneself.',
    access: 'approvals.U',
    audit: { action: 'approval.withdraw', category: 'configuration', detail: (_i, o) => o.procedure },
    input: z.strictObject(one),
    output: ApprovalRequest,
    errors: ['WRONG_STATE', 'RESTRICTED'],
  }),
} as const
