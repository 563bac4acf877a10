// Why a sign-in from outside was refused. The person is told one thing only; the audit entry says which of these it was.
import { AppError } from '#shared/errors.ts'

export type FaultName =
  // The way there and back.
  | 'other-window'
  | 'too-late'
  | 'cancelled'
  | 'cannot-open'
  | 'service-said-no'
  | 'no-code'
  | 'other-state'
  | 'mixed-up-issuer'
  // What the service says about itself, and how it answers.
  | 'unreachable'
  | 'unknown-host'
  | 'bad-certificate'
  | 'too-slow'
  | 'redirected'
  | 'too-large'
  | 'not-json'
  | 'duplicate-keys'
  | 'other-issuer'
  | 'endpoint-insecure'
  | 'no-pkce'
  | 'no-code-flow'
  | 'no-algorithm'
  | 'no-keys'
  | 'secret-unreadable'
  | 'refused'
  // The token.
  | 'no-token'
  | 'encrypted-token'
  | 'malformed-token'
  | 'alg-none'
  | 'alg-symmetric'
  | 'alg-not-allowed'
  | 'critical-header'
  | 'duplicate-claims'
  | 'other-token-issuer'
  | 'other-audience'
  | 'other-party'
  | 'no-subject'
  | 'no-nonce'
  | 'other-nonce'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'token-from-future'
  | 'token-from-past'
  | 'not-proven-anew'
  | 'no-assurance'
  | 'weak-assurance'
  | 'other-access-token'
  | 'unknown-key'
  | 'bad-signature'
  | 'other-userinfo'
  | 'bad-token'
  // The account.
  | 'not-linked'
  | 'account-closed'
  // Passkeys.
  | 'no-host-name'
  | 'unknown-challenge'
  | 'unknown-passkey'
  | 'other-host'
  | 'other-person'
  | 'not-verified'
  | 'counter-back'
  | 'bad-passkey'

/** Thrown inside; becomes the one answer at the edge. */
export class Fault extends Error {
  readonly reason: FaultName
  constructor(reason: FaultName, options?: { cause?: unknown }) {
    super(reason, options)
    this.name = 'Fault'
    this.reason = reason
  }
}

/** The same code and no details, whatever the reason. */
export const refusal = (reason: FaultName, cause?: unknown): AppError =>
  new AppError('FEDERATION_REFUSED', {}, { auditDetail: reason, cause })

/** Runs a step and turns its fault into the one answer. */
export async function orRefuse<T>(step: () => Promise<T> | T): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof Fault) throw refusal(error.reason, error)
    throw error
  }
}
