// The keys under the clinic root key: random, wrapped one by one with name and generation bound to them, so that each can
// be renewed alone (SECURITY 3.1), and all of them moved under another root key without being changed.
import { KeyFileDamaged, type KeyFile, type SubKey } from './key-file.ts'
import { deriveKey, unwrapKey, wrapKey } from './wrap.ts'

/** Keys of copies of the erasure ledger that earlier root keys made; only backups of their time are restored with them. */
export const formerLedger = 'formerLedger'
/** Made by the first renewal of the root key; until then it is derived from the root key. */
export const targetSecrets = 'targetSecrets'

export function wrapSubKey(
  crk: Buffer,
  clinicId: string,
  name: string,
  key: Uint8Array,
  generation = 1,
): SubKey {
  const { nonce, wrapped } = wrapKey(
    wrappingKeyOf(crk, clinicId),
    key,
    subKeyContext(clinicId, name, generation),
  )
  return { name, generation, nonce: nonce.toString('base64url'), wrapped: wrapped.toString('base64url') }
}

export interface OpenedKeys {
  /** The newest generation of each; a name this version does not know stays in the file untouched. */
  readonly opened: Map<string, Buffer>
  readonly databases: Map<number, Buffer>
  readonly formerLedgers: Buffer[]
}

export function openSubKeys(crk: Buffer, body: KeyFile): OpenedKeys {
  const opened = new Map<string, Buffer>()
  const databases = new Map<number, Buffer>()
  const formerLedgers: Buffer[] = []
  for (const entry of body.keys.toSorted((a, b) => a.generation - b.generation)) {
    const key = openSubKey(crk, body.clinicId, entry)
    if (entry.name === formerLedger) {
      formerLedgers.push(key)
      continue
    }
    if (entry.name === 'database') databases.set(entry.generation, key)
    else opened.get(entry.name)?.fill(0)
    opened.set(entry.name, key)
  }
  return { opened, databases, formerLedgers }
}

/** The same keys under another root key, those of names this version does not know as well. */
export function rewrapSubKeys(from: Buffer, to: Buffer, { clinicId, keys }: KeyFile): SubKey[] {
  return keys.map((entry) => {
    const key = openSubKey(from, clinicId, entry)
    const moved = wrapSubKey(to, clinicId, entry.name, key, entry.generation)
    key.fill(0)
    return entry.madeAt === undefined ? moved : { ...moved, madeAt: entry.madeAt }
  })
}

function openSubKey(crk: Buffer, clinicId: string, entry: SubKey): Buffer {
  const bytes = {
    nonce: Buffer.from(entry.nonce, 'base64url'),
    wrapped: Buffer.from(entry.wrapped, 'base64url'),
  }
  const key = unwrapKey(
    wrappingKeyOf(crk, clinicId),
    bytes,
    subKeyContext(clinicId, entry.name, entry.generation),
  )
  if (!key) throw new KeyFileDamaged()
  return key
}

export function take(opened: Map<string, Buffer>, name: string): Buffer {
  const key = opened.get(name)
  if (!key) throw new KeyFileDamaged()
  return key
}

const subKeyContext = (clinicId: string, name: string, generation: number) =>
  JSON.stringify(['osler/sub-key/v1', clinicId, name, generation])
const wrappingKeyOf = (crk: Buffer, clinicId: string) => deriveKey(crk, 'sub-key-wrap/v1', clinicId)
export const macKeyOf = (crk: Buffer, clinicId: string) => deriveKey(crk, 'key-file-mac/v1', clinicId)
export const backupWrapOf = (crk: Buffer, clinicId: string) => deriveKey(crk, 'backup-wrap/v1', clinicId)
export const downtimeKeyOf = (crk: Buffer, clinicId: string) => deriveKey(crk, 'downtime-packet/v1', clinicId)
