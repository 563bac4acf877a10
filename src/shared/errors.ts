// The one error type that crosses doors, and its closed list of codes.
// Texts for people live in the renderer; this file carries no words a user would read.

/** Codes every procedure may answer with. A contract declares any further ones under `errors`. */
export const commonErrorCodes = [
  'INVALID_INPUT',
  'NOT_SIGNED_IN',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'UNAVAILABLE',
  'INTERNAL',
  /** The session is locked: only lock-screen calls are answered. */
  'SESSION_LOCKED',
  /** A dangerous act wants the password or second factor anew (SECURITY 3.5). */
  'STEP_UP_NEEDED',
  /** Another person has to agree first (AUTHZ-08); details: requestId, state. */
  'SECOND_PERSON_NEEDED',
  /** The reason for opening this record has to be said first; details: why. */
  'ACCESS_REASON_NEEDED',
  /** The second factor has not been shown, or has to be set up now. */
  'SECOND_FACTOR_NEEDED',
  /** What is stored of this patient is not what was last saved: nothing of it is served (REL-04). */
  'RECORD_MISMATCH',
] as const

/** Codes that single contracts declare. Adding one here needs a text in `renderer/api/error-text.ts`. */
export const declaredErrorCodes = [
  'ALREADY_ISSUED',
  'ALREADY_SIGNED',
  'BATCH_NOT_READY',
  'BATCH_RUNNING',
  'DRAFT_MOVED_ON',
  'DUPLICATE',
  /** The organisation's sign-in or a passkey was refused. One code for every reason; the audit trail tells them apart. */
  'FEDERATION_REFUSED',
  'IMPOSSIBLE_VALUE',
  'LAST_ADMIN',
  'NAME_TAKEN',
  'NOTHING_TO_BILL',
  'NOT_AUTHOR',
  'NOT_UNDOABLE',
  'NO_PRINTER',
  'ONE_TIME_CODE_WRONG',
  'OUTSIDE_HOURS',
  'PASSWORD_TOO_WEAK',
  'PERIOD_LOCKED',
  'PIN_NOT_NOW',
  'REASON_NEEDED',
  'RESTRICTED',
  'SIGNING_KEY_LOCKED',
  'SLOT_TAKEN',
  'TOO_MANY_TRIES',
  'TOO_MUCH',
  'WRONG_CODE',
  'WRONG_FILE',
  'WRONG_KIT',
  'WRONG_PASSWORD',
  'WRONG_PATIENT',
  'WRONG_STATE',
] as const

export type CommonErrorCode = (typeof commonErrorCodes)[number]
export type DeclaredErrorCode = (typeof declaredErrorCodes)[number]
export type ErrorCode = CommonErrorCode | DeclaredErrorCode

/** Details must be JSON-safe and free of patient data: field paths, ids, counts, limits. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** Which of the reasons it was, for the audit entry alone: the caller is not told. */
  readonly auditDetail: string | undefined

  constructor(
    code: ErrorCode,
    details: ErrorDetails = {},
    options?: { cause?: unknown; auditDetail?: string },
  ) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.auditDetail = options?.auditDetail
  }
}

export interface ReplyError {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** Joins the screen, the log line and the audit entry of one call. */
  readonly opId: string
}

export type Reply<T = unknown> = { ok: true; value: T } | { ok: false; error: ReplyError }
