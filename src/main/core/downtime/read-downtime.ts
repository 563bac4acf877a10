// Reads the packet with a password or the kit while the clinic is shut: opens a slot of the key file, never the database.
import { AppError } from '#shared/errors.ts'
import type { DowntimeList, DowntimePacket, DowntimeReader } from '#shared/downtime.ts'
import type { RestoreOpener } from '#shared/restore.ts'
import { secretOf } from '../host-kit.ts'
import { KeyFileDamaged, type ReadKeyFile, readKeyFile } from '../keys/key-file.ts'
import { type KeyRing, unlockKeyRing, unlockKeyRingByKit } from '../keys/key-ring.ts'
import { slotNameHash } from '../keys/slot.ts'
import { type OpeningOptions, ringOptions } from '../opened-clinic.ts'
import type { Door } from '../rpc/context.ts'
import type { UnlockThrottle } from '../unlock-throttle.ts'
import { rememberLook } from './looks.ts'
import { openPacket, readPacketFile } from './packet.ts'

/** Throws WRONG_PASSWORD or WRONG_KIT, counted like any wrong try at a shut clinic; WRONG_FILE for a packet that was touched. */
export async function readDowntime(
  options: OpeningOptions,
  throttle: UnlockThrottle,
  opener: RestoreOpener,
  door: Door,
): Promise<DowntimeList> {
  const found = readKeyFile(options.folder.keyFile)
  if (!found) throw new KeyFileDamaged()
  const ring = await ringOf(options, found, opener)
  if (!ring) {
    throttle.failed()
    throw opener.kind === 'kit'
      ? new AppError('WRONG_KIT', { fault: 'other' })
      : new AppError('WRONG_PASSWORD')
  }
  try {
    const { dir } = options.folder
    const bytes = readPacketFile(dir)
    if (!bytes) throw new AppError('NOT_FOUND')
    const packet = openPacket(ring.keys, bytes)
    if (!packet) throw new AppError('WRONG_FILE', { reason: 'downtime' })
    const reader = opener.kind === 'kit' ? null : readerOf(packet, ring, opener.username)
    const list = listFor(packet, reader)
    const at = new Date(options.clock()).toISOString()
    try {
      rememberLook(dir, ring.keys, {
        at,
        door,
        reader: reader && { userId: reader.userId, role: reader.role },
        writtenAt: packet.writtenAt,
        wrongTries: throttle.failures(),
        patients: list.patients.map((patient) => patient.id),
      })
      // From here on the trail knows of the wrong tries.
      throttle.passed()
    } catch (error) {
      // A disk that takes nothing may be why the clinic is shut. Care goes on; what is left of it stands in the log.
      options.log.error('a look into the downtime packet could not be remembered', { error })
    }
    return list
  } finally {
    ring.wipe()
  }
}

async function ringOf(
  options: OpeningOptions,
  found: ReadKeyFile,
  opener: RestoreOpener,
): Promise<KeyRing | null> {
  if (opener.kind === 'password') return await unlockKeyRing(ringOptions(options), found, opener)
  const secret = secretOf(opener.kit)
  try {
    return unlockKeyRingByKit(ringOptions(options), found, secret)
  } finally {
    secret.fill(0)
  }
}

/** A slot opens for everybody who works here; how much is read is what the person's role saw when it was written. */
function readerOf(packet: DowntimePacket, ring: KeyRing, username: string): DowntimeReader {
  const nameHash = slotNameHash(ring.keys.clinicId, username)
  const userId = ring.slotList().find((slot) => slot.nameHash === nameHash)?.userId
  const reader = packet.readers.find((one) => one.userId === userId)
  if (!reader) throw new AppError('FORBIDDEN')
  return reader
}

function listFor(packet: DowntimePacket, reader: DowntimeReader | null): DowntimeList {
  const sight = reader?.sight ?? 'record'
  const { clinicName, timeZone, writtenAt, days } = packet
  const patients = packet.patients.map((patient) => ({
    ...patient,
    record: sight === 'record' ? patient.record : null,
  }))
  return { clinicName, timeZone, writtenAt, sight, days, patients }
}
