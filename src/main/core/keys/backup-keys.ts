// What is derived from the key under which backups are wrapped for the clinic itself.
import { deriveKey } from './wrap.ts'

export const ledgerContext = 'erasure-ledger-copy/v1'

/** Seals the copies of the erasure ledger that lie beside the backups. */
export const ledgerKeyOf = (backupWrap: Uint8Array, clinicId: string): Buffer =>
  deriveKey(backupWrap, ledgerContext, clinicId)

/** Seals the passwords of places for backups, as long as the root key was never renewed. */
export const targetSecretsOf = (backupWrap: Uint8Array, clinicId: string): Buffer =>
  deriveKey(backupWrap, 'backup-target-secret/v1', clinicId)
