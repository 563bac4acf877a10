// What a backup knows about itself, and what makes and opens one needs. Plain data: it also travels to the worker.

/** The keys of the clinic that a backup is made or opened with. Main memory only. */
export interface BackupKeys {
  readonly clinicId: string
  readonly deviceId: string
  /** Opens the snapshot itself. */
  readonly database: Uint8Array
  /** Wraps each backup's own key for those who can open this clinic anyway. */
  readonly backupWrap: Uint8Array
  /** Ed25519, PKCS#8 and SPKI DER: the device signs what it makes. */
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
  /** The emergency kit's public half; `null` while no kit was confirmed. */
  readonly kit: { readonly id: string; readonly publicKey: Uint8Array } | null
}

/** Stands sealed in the header: how much is inside tells a thief about the clinic, too. */
export interface Manifest {
  readonly clinicName: string
  readonly app: string
  readonly schema: number
  /** Which generation of the database key the snapshot is encrypted with. */
  readonly generation: number
  readonly rows: Readonly<Record<string, number>>
  readonly patients: number
  /** Instant of the newest audit entry. */
  readonly newestAt: string | null
  /** The anchor: how far the audit chain had come (AUD-05). */
  readonly audit: { readonly seq: number; readonly mac: string }
  readonly commits: { readonly pos: number; readonly hash: string }
  readonly entries: readonly ManifestEntry[]
}

export interface ManifestEntry {
  readonly name: string
  readonly size: number
  /** Of the bytes as they stand in the archive. */
  readonly sha256: string
}

/** What anybody may read: enough to find the right file and the right kit. */
export interface BackupLabel {
  readonly backupId: string
  readonly clinicId: string
  readonly deviceId: string
  /** Instant of the snapshot. */
  readonly at: string
  readonly kitId: string | null
  readonly bytes: number
}

/**
 * Why a file is no backup that may be used. Each is told to people in words of its own.
 * not-a-backup: another file · newer-format: made by a later program · header-damaged · cut-short ·
 * wrong-kit / wrong-key: sealed to another · damaged: a piece does not authenticate · wrong-signature: not by a device of
 * this clinic · contents-differ: not what the header says · key-file-damaged · database-damaged · schema-foreign ·
 * newer-schema · chain-differs: the audit trail is not the anchored one
 */
export const backupFaults = [
  'not-a-backup',
  'newer-format',
  'header-damaged',
  'cut-short',
  'wrong-kit',
  'wrong-key',
  'damaged',
  'wrong-signature',
  'contents-differ',
  'key-file-damaged',
  'database-damaged',
  'schema-foreign',
  'newer-schema',
  'chain-differs',
] as const
export type BackupFault = (typeof backupFaults)[number]

export class BackupRefused extends Error {
  readonly fault: BackupFault
  constructor(fault: BackupFault, options?: { cause?: unknown }) {
    super(`backup refused: ${fault}`, options)
    this.name = 'BackupRefused'
    this.fault = fault
  }
}
