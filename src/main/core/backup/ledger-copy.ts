// The ledger of erasures as it lies beside the backups of a clinic: sealed with a key that everybody who can open a backup
// comes to have. Whoever restores an older backup finds there who was erased since (BAK-07). After the root key was renewed
// there are backups of several times: each key gets a seal of its own, and whoever restores reads only the one of the backup.
import type { ClinicKeys } from '../keys/types.ts'
import { ledgerContext as context, ledgerKeyOf } from '../keys/backup-keys.ts'
import { hmac, unwrapKey, wrapKey } from '../keys/wrap.ts'

type Keys = Pick<ClinicKeys, 'backupWrap' | 'clinicId' | 'formerLedgers'>

const nonceLength = 12
const tagLength = 16
const countLength = 1
const mostSeals = 255
const ownKeyOf = ({ backupWrap, clinicId }: Keys) => ledgerKeyOf(backupWrap, clinicId)

/** By what is inside and by whom it opens, so that a place that lets nothing be overwritten keeps them side by side. */
export function ledgerCopyName(keys: Keys, ledger: Uint8Array): string {
  const digest = hmac(ownKeyOf(keys), ledger).toString('hex').slice(0, 16)
  return `osler-erasures-${keys.clinicId}-${digest}.sealed`
}

export const isLedgerCopy = (name: string): boolean =>
  /^osler-erasures-[0-9a-f-]{36}-[0-9a-f]{16}\.sealed$/.test(name)
export const isLedgerCopyOf = (clinicId: string, name: string): boolean =>
  isLedgerCopy(name) && name.startsWith(`osler-erasures-${clinicId}-`)

/** How many seals, then each as nonce, text and tag: all of one length. */
export function sealLedger(keys: Keys, ledger: Uint8Array): Uint8Array {
  const all = [ownKeyOf(keys), ...(keys.formerLedgers ?? []).toReversed()].slice(0, mostSeals)
  const seals = all.map((key) => {
    const { nonce, wrapped } = wrapKey(key, ledger, context)
    return Buffer.concat([nonce, wrapped])
  })
  return Buffer.concat([Buffer.of(all.length), ...seals])
}

/** `null`: another clinic's, or changed on the way. Never by a former key: who still holds one could write orders. */
export function openLedgerCopy(keys: Keys, sealed: Uint8Array): Uint8Array | null {
  const bytes = Buffer.from(sealed)
  const count = bytes[0] ?? 0
  const length = (bytes.length - countLength) / count
  if (!Number.isInteger(length) || length < nonceLength + tagLength) return null
  for (let at = countLength; at < bytes.length; at += length) {
    const one = bytes.subarray(at, at + length)
    const wrap = { nonce: one.subarray(0, nonceLength), wrapped: one.subarray(nonceLength) }
    const plain = unwrapKey(ownKeyOf(keys), wrap, context)
    if (plain) return plain
  }
  return null
}
