// Typed calls for tests: every contract by module name, rejecting with the reply's error.
import type { CallerInputOf, OutputOf } from '#shared/contract.ts'
import type { ErrorCode, ErrorDetails, Reply } from '#shared/errors.ts'
import { audit } from '#modules/audit/shared/contract.ts'
import { access } from '#modules/access/shared/contract.ts'
import { backups } from '#modules/backups/shared/contract.ts'
import { billing } from '#modules/billing/shared/contract.ts'
import { board } from '#modules/board/shared/contract.ts'
import { chart } from '#modules/chart/shared/contract.ts'
import { clinic } from '#modules/clinic/shared/contract.ts'
import { codes } from '#modules/codes/shared/contract.ts'
import { federation } from '#modules/federation/shared/contract.ts'
import { imports } from '#modules/imports/shared/contract.ts'
import { keys } from '#modules/keys/shared/contract.ts'
import { notes } from '#modules/notes/shared/contract.ts'
import { oversight } from '#modules/oversight/shared/contract.ts'
import { papers } from '#modules/papers/shared/contract.ts'
import { patients } from '#modules/patients/shared/contract.ts'
import { people } from '#modules/people/shared/contract.ts'
import { prescribing } from '#modules/prescribing/shared/contract.ts'
import { privacy } from '#modules/privacy/shared/contract.ts'
import { profile } from '#modules/profile/shared/contract.ts'
import { reminders } from '#modules/reminders/shared/contract.ts'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { session } from '#modules/session/shared/contract.ts'
import { vitals } from '#modules/vitals/shared/contract.ts'
export const contracts = {
  audit,
  access,
  backups,
  billing,
  board,
  chart,
  clinic,
  codes,
  federation,
  imports,
  keys,
  notes,
  oversight,
  papers,
  patients,
  people,
  prescribing,
  privacy,
  profile,
  reminders,
  scheduling,
  session,
  vitals,
}
type Contracts = typeof contracts

export type Client = {
  readonly [M in keyof Contracts]: {
    readonly [P in keyof Contracts[M]['procedures']]: (
      input: CallerInputOf<Contracts[M]['procedures'][P]>,
      opId?: string,
    ) => Promise<OutputOf<Contracts[M]['procedures'][P]>>
  }
}

/** What a refused call rejects with. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  constructor(code: ErrorCode, details: ErrorDetails) {
    super(code)
    this.code = code
    this.details = details
  }
}

export function clientFor(
  send: (procedure: string, input: unknown, opId?: string) => Promise<Reply>,
): Client {
  const build = (module: string) =>
    new Proxy(
      {},
      {
        get: (_target, name) => async (input: unknown, opId?: string) => {
          const reply = await send(`${module}.${String(name)}`, input, opId)
          if (reply.ok) return reply.value
          throw new Refusal(reply.error.code, reply.error.details)
        },
      },
    )
  return Object.fromEntries(Object.keys(contracts).map((m) => [m, build(m)])) as unknown as Client
}
