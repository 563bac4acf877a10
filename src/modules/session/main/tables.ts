// This workstation's bookkeeping of sign-ins: wrong tries, and who signed in lately. Sessions themselves live in memory.
import { localTable, type RowOf } from '#core/store/table-def.ts'

/** Wrong tries by subject (account or source, see tries.ts), so that delays survive a restart (AUTH-07). */
export const signInFailure = localTable('sign_in_failure', {
  subject: 'text',
  failures: 'int',
  last_at: 'text',
})

/** Who signed in at this PC, for the sign-in screen's short list. */
export const recentSignIn = localTable('recent_sign_in', { user_id: 'text', door: 'text', last_at: 'text' })

declare module '#core/store/database.ts' {
  interface Database {
    sign_in_failure: RowOf<typeof signInFailure>
    recent_sign_in: RowOf<typeof recentSignIn>
  }
}
