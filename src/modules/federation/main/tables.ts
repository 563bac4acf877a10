// The organisation's sign-in service, who of its people is which account here, and passkeys. No token is kept anywhere.
import { localTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/** One row, its id the same on every computer. The secret is sealed under a key of this clinic. */
export const identityProvider = syncedTable('identity_provider', 170, 'plain', {
  provider: {
    name: 'text',
    issuer: 'text',
    client_id: 'text',
    acr_values: 'text',
    amr_values: 'text',
    algorithms: 'text',
    assume_pkce: 'int',
    callback_path: 'text',
  },
  secret: { secret_sealed: 'blob?' },
  state: { enabled: 'int' },
})

/** Issuer and subject together are the identity, and the id is made from both: it cannot belong to two people. */
export const externalIdentity = syncedTable('external_identity', 171, 'plain', {
  identity: { issuer: 'text', subject: 'text' },
  link: { user_id: 'text', hint: 'text?', linked_at: 'text', linked_by: 'text' },
})

/** `counter` as it stood when the passkey was made; its id is made from the credential id. */
export const passkey = syncedTable('passkey', 172, 'plain', {
  key: {
    user_id: 'text',
    credential_id: 'text',
    public_key: 'blob',
    rp_id: 'text',
    transports: 'text',
    counter: 'int',
    backed_up: 'int',
    created_at: 'text',
  },
  label: { name: 'text' },
})

/** The newest counter this computer has seen: the door that checks it is here. */
export const passkeyUse = localTable('passkey_use', { passkey_id: 'text', counter: 'int', last_at: 'text' })

declare module '#core/store/database.ts' {
  interface Database {
    identity_provider: RowOf<typeof identityProvider>
    external_identity: RowOf<typeof externalIdentity>
    passkey: RowOf<typeof passkey>
    passkey_use: RowOf<typeof passkeyUse>
  }
}
