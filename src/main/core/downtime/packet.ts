// The packet as a file: sealed under a key of its own, which the key file opens without the database (SECURITY REL-07).
// Written beside and renamed into place, so that there is a whole one or none.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { DowntimePacket } from '#shared/downtime.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { unwrapKey, wrapKey } from '../keys/wrap.ts'

export const packetFile = (dir: string): string => path.join(dir, 'downtime.packet')

type PacketKeys = Pick<ClinicKeys, 'downtime' | 'clinicId'>

const magic = Buffer.from('OSLER-DOWNTIME-1', 'latin1')
const nonceLength = 12
/** The length of a file tells how many patients come only in steps of this. */
const padding = 32 * 1024
const contextOf = (keys: PacketKeys) => JSON.stringify(['osler/downtime-packet/v1', keys.clinicId])

export interface DowntimeFile {
  write(packet: DowntimePacket): void
  remove(): void
  exists(): boolean
}

export function createDowntimeFile(dir: string, keys: PacketKeys): DowntimeFile {
  const file = packetFile(dir)
  return {
    write(packet) {
      const fresh = `${file}.new`
      // One that a kill left could have other rights: it is never written into.
      rmSync(fresh, { force: true })
      const fd = openSync(fresh, 'wx', 0o600)
      try {
        writeSync(fd, sealPacket(keys, packet))
        fsyncSync(fd)
      } finally {
        closeSync(fd)
      }
      renameSync(fresh, file)
    },
    remove() {
      rmSync(`${file}.new`, { force: true })
      rmSync(file, { force: true })
    },
    exists: () => existsSync(file),
  }
}

export function sealPacket(keys: PacketKeys, packet: DowntimePacket): Buffer {
  const text = Buffer.from(JSON.stringify(DowntimePacket.parse(packet)), 'utf8')
  const padded = Buffer.alloc(Math.ceil(text.length / padding) * padding, ' ')
  text.copy(padded)
  try {
    const { nonce, wrapped } = wrapKey(keys.downtime, padded, contextOf(keys))
    return Buffer.concat([magic, nonce, wrapped])
  } finally {
    text.fill(0)
    padded.fill(0)
  }
}

/** `null` for bytes that are not what was written, of another clinic, or of a version this one does not know. */
export function openPacket(keys: PacketKeys, bytes: Buffer): DowntimePacket | null {
  if (!bytes.subarray(0, magic.length).equals(magic)) return null
  const nonce = bytes.subarray(magic.length, magic.length + nonceLength)
  const wrapped = bytes.subarray(magic.length + nonceLength)
  const plain = unwrapKey(keys.downtime, { nonce, wrapped }, contextOf(keys))
  if (!plain) return null
  try {
    const read = DowntimePacket.safeParse(JSON.parse(plain.toString('utf8')))
    return read.success ? read.data : null
  } finally {
    plain.fill(0)
  }
}

/** After the keys were renewed: the copy that lies there must open to nobody by the former ones. */
export function resealPacketFile(dir: string, former: PacketKeys | null, keys: PacketKeys): void {
  const bytes = readPacketFile(dir)
  if (!bytes) return
  const packet = former && openPacket(former, bytes)
  const file = createDowntimeFile(dir, keys)
  if (packet) file.write(packet)
  // The next one is written within a quarter of an hour.
  else file.remove()
}

export const readPacketFile = (dir: string): Buffer | null =>
  existsSync(packetFile(dir)) ? readFileSync(packetFile(dir)) : null
