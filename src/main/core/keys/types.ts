// The opened key ring of a clinic on this workstation (SECURITY 3.1). Main memory only; wiped when the clinic closes.

export interface ClinicKeys {
  /** 32 bytes each; random, wrapped one by one under the clinic root key, so that each rotates alone. */
  readonly database: Uint8Array
  readonly auditMac: Uint8Array
  readonly pepper: Uint8Array
  readonly watermarkMac: Uint8Array
  readonly attachments: Uint8Array
  readonly totpSeeds: Uint8Array
  readonly backupSigning: Uint8Array
  /** Derived from the clinic root key: what is wrapped under it opens on this computer without the kit. */
  readonly backupWrap: Uint8Array
  /** Seals the passwords of places for backups; absent where it is still the one derived from `backupWrap`. */
  readonly targetSecrets?: Uint8Array
  /** Of copies of the erasure ledger, from earlier root keys: whoever restores an older backup reads those. */
  readonly formerLedgers?: readonly Uint8Array[]
  /** Derived too: seals the copy of the day that is readable without the database. */
  readonly downtime: Uint8Array
  /** The recovery kit that counts now; `null` while it is pending. */
  readonly kit: { readonly id: string; readonly publicKey: Uint8Array } | null
  readonly device: DeviceIdentity
  readonly clinicId: string
}

export interface DeviceIdentity {
  readonly deviceId: string
  /** 16 bytes: this device and incarnation as a writer of commits (SYNC 2.1). */
  readonly writer: Uint8Array
  /** Goes up with each restore; 1 where nothing else is said. */
  readonly incarnation?: number
  /** Ed25519, PKCS#8 DER and SPKI DER. */
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}
