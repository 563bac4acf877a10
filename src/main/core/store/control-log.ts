// The control log: genesis, devices, grants, one signed hash chain that later decides membership (SYNC 2.12).
import { createHash, sign } from 'node:crypto'
import { encode } from 'cborg'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { ed25519PrivateKey, uuidBytesOf, zeroHash } from './commit.ts'

const label = Buffer.from('osler:control:1\0')

/** Appends inside the open transaction; a rolled-back one leaves no entry. */
export function createControlLog(db: Connection, keys: ClinicKeys) {
  const head = db.prepare('select n, hash from control_log order by n desc limit 1')
  const insert = db.prepare('insert into control_log (n, prev, hash, sig, body) values (?, ?, ?, ?, ?)')
  const signKey = ed25519PrivateKey(keys.device.privateKey)
  return (at: string, entry: Readonly<Record<string, unknown>>): void => {
    const last = (head.get() as { n: number; hash: Uint8Array } | undefined) ?? { n: 0, hash: zeroHash }
    const body = encode({
      ...entry,
      n: last.n + 1,
      at,
      clinic: uuidBytesOf(keys.clinicId),
      device: keys.device.deviceId,
    })
    const hash = createHash('sha256').update(label).update(last.hash).update(body).digest()
    insert.run(last.n + 1, last.hash, hash, sign(null, Buffer.concat([label, hash]), signKey), body)
  }
}
