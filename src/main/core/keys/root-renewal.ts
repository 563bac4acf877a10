// A new clinic root key (KEY-09): whoever once held the former one holds nothing that opens this clinic any more. All keys
// move under it, the database gets a new one with it, and of all slots only the new kit's and the acting person's are made.
// Until `decide` everything of it is in memory alone: a kill before leaves the former clinic, a kill after the new one.
import { randomBytes } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { type KeyFile, readKeyFile, type Slot, writeKeyFile } from './key-file.ts'
import type { KeyRing } from './key-ring.ts'
import { backupWrapOf, formerLedger, macKeyOf, rewrapSubKeys, targetSecrets, wrapSubKey } from './sub-keys.ts'
import type { SlotOwner } from './slot.ts'
import { ledgerKeyOf, targetSecretsOf } from './backup-keys.ts'
import { keyLength } from './wrap.ts'

export interface RenewalRequest {
  /** The groups asked for of the kit that waits. */
  readonly typed: readonly string[]
  /** Who keeps a slot here; `null` for somebody who has none. */
  readonly owner: SlotOwner | null
}

export interface RootRenewal {
  readonly kitId: string
  /** What the database is to be encrypted with from now on; on no disk before it is decided. */
  readonly databaseKey: Uint8Array
  /** The one step that counts. Throws only where the key file on the disk is still the former one. */
  decide(now: string): void
  /** The ring under the new root key, once it is decided. */
  readonly ring: () => KeyRing | null
  /** Overwrites what was made; after `decide` the new ring goes on to have its own copies. */
  drop(): void
}

export type RenewalStart =
  | { readonly ok: true; readonly renewal: RootRenewal }
  | { readonly ok: false; readonly wrong: 'groups' | 'password' }

export interface RenewalParts {
  readonly file: string
  readonly state: { readonly body: KeyFile }
  readonly crk: Buffer
  /** The waiting kit's slot around another root key; `null` when the groups are wrong. */
  readonly kitSlot: (crk: Buffer, typed: readonly string[]) => Promise<Slot | null>
  /** The person's slot around another root key; `null` when the password opens none of theirs. */
  readonly ownSlot: (crk: Buffer, owner: SlotOwner) => Promise<Slot | null>
  readonly open: (body: KeyFile, crk: Buffer) => KeyRing
}

export async function beginRenewal(parts: RenewalParts, request: RenewalRequest): Promise<RenewalStart> {
  const crk = randomBytes(keyLength)
  const fail = (wrong: 'groups' | 'password'): RenewalStart => {
    crk.fill(0)
    return { ok: false, wrong }
  }
  const kit = await parts.kitSlot(crk, request.typed)
  if (!kit?.kit) return fail('groups')
  const own = request.owner && (await parts.ownSlot(crk, request.owner))
  if (request.owner && !own) return fail('password')
  const slots = own ? [own, kit] : [kit]
  const databaseKey = randomBytes(keyLength)
  let ring: KeyRing | null = null
  const renewal: RootRenewal = {
    kitId: kit.kit.id,
    databaseKey,
    decide(now) {
      if (ring) throw new AppError('CONFLICT')
      const body = renewedBody(parts, { crk, databaseKey, slots, now })
      const mac = macKeyOf(crk, body.clinicId)
      try {
        // The older copy as well: nothing of the former root key may stay.
        writeKeyFile(parts.file, body, mac, true)
      } catch (error) {
        if (!isInPlace(parts.file, mac)) throw error
      }
      ring = parts.open(body, Buffer.from(crk))
    },
    ring: () => ring,
    drop() {
      crk.fill(0)
      databaseKey.fill(0)
    },
  }
  return { ok: true, renewal }
}

interface Renewed {
  readonly crk: Buffer
  readonly databaseKey: Buffer
  readonly slots: Slot[]
  readonly now: string
}

/** As things stand when it is decided: keys may have come and gone since it was begun. */
function renewedBody(
  { state, crk: former }: RenewalParts,
  { crk, databaseKey, slots, now }: Renewed,
): KeyFile {
  const { body } = state
  const { clinicId } = body
  const keys = rewrapSubKeys(former, crk, body)
  const of = (name: string) => keys.filter((entry) => entry.name === name).map((entry) => entry.generation)
  const next = (name: string) => Math.max(0, ...of(name)) + 1
  const formerWrap = backupWrapOf(former, clinicId)
  const add = (name: string, key: Uint8Array) =>
    keys.push({ ...wrapSubKey(crk, clinicId, name, key, next(name)), madeAt: now })
  // Whoever restores with a kit of that time finds who was erased since (BAK-07).
  add(formerLedger, ledgerKeyOf(formerWrap, clinicId))
  // Sealed in the database, which stays: the same key goes on to open it.
  if (of(targetSecrets).length === 0) add(targetSecrets, targetSecretsOf(formerWrap, clinicId))
  add('database', databaseKey)
  formerWrap.fill(0)
  return { ...body, slots, keys, root: { generation: (body.root?.generation ?? 1) + 1, madeAt: now } }
}

function isInPlace(file: string, mac: Buffer): boolean {
  try {
    const found = readKeyFile(file)
    return found !== null && !found.fromOldCopy && found.isAuthentic(mac)
  } catch {
    return false
  }
}
