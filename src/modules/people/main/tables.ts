// Accounts, role grants and signing keys. Credentials are synced, so that every account works on every PC (DESIGN 5).
import { type RowOf, syncedTable } from '#core/store/table-def.ts'

export const userAccount = syncedTable('user_account', 10, 'plain', {
  profile: { username: 'text', name: 'text', practitioner_id: 'text?', locale: 'text?' },
  /** argon2id verifier in PHC form, peppered; see core/keys/password.ts. Null until the person sets a password. */
  credential: {
    verifier: 'text?',
    code_hash: 'text?',
    code_expires_at: 'text?',
    credential_changed_at: 'text?',
  },
  state: { active: 'int' },
})

/** Which roles a person may work under. Class `control`: each grant also stands in the control log. */
export const roleGrant = syncedTable('role_grant', 11, 'control', {
  grant: { user_id: 'text', role: 'text', granted_at: 'text', granted_by: 'text?' },
})

/** The person's own Ed25519 signing key, private part wrapped under a key from the password. Old rows stay to verify. */
export const userSigningKey = syncedTable('user_signing_key', 12, 'append', {
  key: { user_id: 'text', public_key: 'blob', wrapped_private: 'blob', created_at: 'text' },
})

declare module '#core/store/database.ts' {
  interface Database {
    user_account: RowOf<typeof userAccount>
    role_grant: RowOf<typeof roleGrant>
    user_signing_key: RowOf<typeof userSigningKey>
  }
}
