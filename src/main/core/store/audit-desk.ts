// What modules may do with the audit trail as a whole: where it stands, checking it without stopping the window, signing
// what is handed out of it. Writing entries is the engine's alone.
import { createHmac, sign } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { type Anchor, type AnchorVerdict, encodeAnchor, judgeAnchor, judgeMark } from './anchor.ts'
import type { AuditTrail } from './audit.ts'
import { auditSteps, type ChainReport, type CheckProgress, verifyAuditChain } from './audit-check.ts'
import { type AuditHead, entryBytes } from './audit-format.ts'
import { ed25519PrivateKey } from './commit.ts'
import { verifyControlLog } from './control-log.ts'
import type { Mark } from './watermark.ts'

export interface ChainState {
  readonly head: AuditHead
  /** The newest signed checkpoint. */
  readonly checkpoint: { readonly seq: number; readonly at: string } | null
  readonly control: { readonly ok: boolean; readonly entries: number }
  readonly watermark: AnchorVerdict['state']
  /** `none`: this computer has no keychain that could remember. */
  readonly keychain: AnchorVerdict['state'] | 'none'
}

export interface AuditDesk {
  state(): ChainState
  /** The whole chain, a slice at a time; rejects when the signal fires. */
  check(signal: AbortSignal, progress?: (at: CheckProgress) => void): Promise<ChainReport>
  /** The newest entries, in a few milliseconds. */
  quickCheck(): ChainReport
  /** The MAC of an entry, as it stands; `null` where there is none. */
  macAt(seq: number): Uint8Array | null
  /** 32 bytes for a backup's header: says later whether a trail contains what this one contained. */
  anchor(): Uint8Array
  /** This device's signature, and the key that checks it. */
  sign(bytes: Uint8Array): {
    readonly deviceId: string
    readonly publicKey: Uint8Array
    readonly signature: Uint8Array
  }
  /** Which clinic a printed page is of, without its id. */
  readonly clinicMark: string
}

const quickEntries = 500

export function createAuditDesk(parts: {
  readonly writeDb: Connection
  readonly readDb: Connection
  readonly keys: ClinicKeys
  readonly trail: AuditTrail
  readonly anchor: Anchor | null | 'damaged'
  readonly hasAnchor: boolean
  readonly mark: () => Mark | null
}): AuditDesk {
  const { writeDb, keys, trail } = parts
  const newest = writeDb.prepare('select seq, at from audit_checkpoint order by seq desc limit 1')
  const macOfEntry = writeDb.prepare('select mac from audit_log where seq = ?').pluck()
  const signKey = ed25519PrivateKey(keys.device.privateKey)
  return {
    state: () => {
      const { ok, entries } = verifyControlLog(writeDb, keys)
      return {
        head: trail.committed,
        checkpoint: (newest.get() as { seq: number; at: string } | undefined) ?? null,
        control: { ok, entries },
        watermark: judgeMark(writeDb, parts.mark()).state,
        keychain: parts.hasAnchor ? judgeAnchor(writeDb, keys.watermarkMac, parts.anchor).state : 'none',
      }
    },
    async check(signal, progress) {
      // The reading connection: the check then sees what was committed, and never holds up a save.
      const steps = auditSteps(parts.readDb, keys)
      for (;;) {
        signal.throwIfAborted()
        const step = steps.next()
        if (step.done) return step.value
        progress?.(step.value)
        await nextTurn()
      }
    },
    quickCheck: () => verifyAuditChain(writeDb, keys, Math.max(1, trail.committed.seq - quickEntries)),
    macAt(seq) {
      const mac = macOfEntry.get(seq)
      return mac instanceof Uint8Array ? mac : null
    },
    anchor: () => encodeAnchor(keys.watermarkMac, trail.committed),
    sign: (bytes) => ({
      deviceId: keys.device.deviceId,
      publicKey: Uint8Array.from(keys.device.publicKey),
      signature: Uint8Array.from(sign(null, bytes, signKey)),
    }),
    clinicMark: createHmac('sha256', keys.watermarkMac)
      .update(entryBytes(['clinic-mark', keys.clinicId], []))
      .digest('hex')
      .slice(0, 8),
  }
}
