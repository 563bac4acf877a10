// The ledger of erasures as it lies beside the backups of a clinic: sealed with a key that everybody who can open a backup
// comes to have. Whoever restores an older backup finds there who was erased since (BAK-07).
import { createHash } from 'node:crypto'
import type { ClinicKeys } from '../keys/types.ts'
import { deriveKey, unwrapKey, wrapKey } from '../keys/wrap.ts'

type Keys = Pick<ClinicKeys, 'backupWrap' | 'clinicId'>

const nonceLength = 12
const context = 'erasure-ledger-copy/v1'
const keyOf = ({ backupWrap, clinicId }: Keys) => deriveKey(backupWrap, context, clinicId)

/** By what is inside, so that a place that lets nothing be overwritten keeps them side by side. */
export function ledgerCopyName(clinicId: string, ledger: Uint8Array): string {
  const digest = createHash('sha256').update(ledger).digest('hex').slice(0, 16)
  return `osler-erasures-${clinicId}-${digest}.sealed`
}

export const isLedgerCopy = (name: string): boolean =>
  /^osler-erasures-[0-9a-f-]{36}-[0-9a-f]{16}\.sealed$/.test(name)
export const isLedgerCopyOf = (clinicId: string, name: string): boolean =>
  isLedgerCopy(name) && name.startsWith(`osler-erasures-${clinicId}-`)

export function sealLedger(keys: Keys, ledger: Uint8Array): Uint8Array {
  const { nonce, wrapped } = wrapKey(keyOf(keys), ledger, context)
  return Buffer.concat([nonce, wrapped])
}

/** `null`: another clinic's, or changed on the way. */
export function openLedgerCopy(keys: Keys, sealed: Uint8Array): Uint8Array | null {
  const bytes = Buffer.from(sealed)
  const wrap = { nonce: bytes.subarray(0, nonceLength), wrapped: bytes.subarray(nonceLength) }
  return unwrapKey(keyOf(keys), wrap, context)
}
