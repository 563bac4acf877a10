// This workstation's bookkeeping of sign-ins: wrong tries, and who signed in lately. Sessions themselves live in memory.
import { localTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/** Wrong tries by subject (account or source, see tries.ts), so that delays survive a restart (AUTH-07). */
export const signInFailure = localTable('sign_in_failure', {
  subject: 'text',
  failures: 'int',
  last_at: 'text',
})

/** Who signed in at this PC, for the sign-in screen's short list. */
export const recentSignIn = localTable('recent_sign_in', { user_id: 'text', door: 'text', last_at: 'text' })

/**
 * A confirmed second factor (RFC 6238): the seed sealed under the clinic's key for seeds, bound to this row's person.
 * Synced, so that the factor is asked for at every computer; a removed one is voided.
 */
export const secondFactor = syncedTable('second_factor', 165, 'plain', {
  factor: { user_id: 'text', seed: 'blob', confirmed_at: 'text' },
})

/** Keyed digests of the codes on paper. A new set voids the former one. */
export const recoveryCode = syncedTable('recovery_code', 166, 'plain', {
  code: { user_id: 'text', digest: 'text', made_at: 'text' },
  use: { used_at: 'text?' },
})

/** When a person first signed in anywhere: from then on counts how long the second factor may wait. */
export const signInStart = syncedTable('sign_in_start', 167, 'plain', {
  start: { user_id: 'text', first_at: 'text' },
  /** 1 after an administrator removed the factor: a new one is set up before anything else. */
  enrol: { must_enrol: 'int' },
})

/** The newest 30-second step whose code was taken here, so that no code works twice. */
export const secondFactorUse = localTable('second_factor_use', { user_id: 'text', last_step: 'int' })

/** PINs of this computer alone: argon2id under the clinic's pepper; useless anywhere else. */
export const devicePin = localTable('device_pin', {
  user_id: 'text',
  verifier: 'text',
  failures: 'int',
  set_at: 'text',
})

declare module '#core/store/database.ts' {
  interface Database {
    sign_in_failure: RowOf<typeof signInFailure>
    recent_sign_in: RowOf<typeof recentSignIn>
    second_factor: RowOf<typeof secondFactor>
    recovery_code: RowOf<typeof recoveryCode>
    sign_in_start: RowOf<typeof signInStart>
    second_factor_use: RowOf<typeof secondFactorUse>
    device_pin: RowOf<typeof devicePin>
  }
}
