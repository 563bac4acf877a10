// The clinic's keys as backups need them: plain values that a thread can be given.
import type { ClinicKeys } from '../keys/types.ts'
import type { BackupKeys } from './types.ts'

export function backupKeysOf(keys: ClinicKeys): BackupKeys {
  const { clinicId, database, backupWrap, kit, device } = keys
  const plain = (bytes: Uint8Array) => Uint8Array.from(bytes)
  return {
    clinicId,
    deviceId: device.deviceId,
    database: plain(database),
    backupWrap: plain(backupWrap),
    privateKey: plain(device.privateKey),
    publicKey: plain(device.publicKey),
    kit: kit ? { id: kit.id, publicKey: plain(kit.publicKey) } : null,
  }
}

/** Copies made for a thread are overwritten when it is done. */
export function forgetKeys(keys: BackupKeys): void {
  for (const bytes of [keys.database, keys.backupWrap, keys.privateKey]) bytes.fill(0)
}
