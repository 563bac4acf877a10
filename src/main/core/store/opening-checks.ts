// What an opening looks at before anybody may work, and what it writes down about itself first.
import { existsSync, rmSync } from 'node:fs'
import { type OpenClinicOptions, OpenProblem } from '../clinic-types.ts'
import { type Connection, openConnection } from '../db/connection.ts'
import { schemaIsIntact } from '../db/migrate.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { judgeAnchor, missingBy } from './anchor.ts'
import { hlcMillis } from './clock.ts'
import { decodeHeader } from './commit.ts'
import type { createControlLog } from './control-log.ts'
import { deviceProof } from './device-keys.ts'
import type { Engine } from './engine.ts'
import { mintId } from './mint.ts'
import { compareWithMark } from './verify.ts'
import type { readWatermark } from './watermark.ts'

/** A database that knows less than the watermark has lost saves; one whose schema changed by itself was tampered with. */
export function refuseLoss(
  file: string,
  keys: ClinicKeys,
  mark: ReturnType<typeof readWatermark>,
  anchor: OpenClinicOptions['anchor'],
): void {
  // A reading connection: closing a writing one would work the WAL off, and with it the evidence.
  const beside = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name))
  const db = openConnection(file, keys.database, 'read')
  try {
    if (mark) {
      const compared = compareWithMark(db, mark)
      if (!compared.ok) throw new OpenProblem('watermark-ahead', compared.missingSaves)
    }
    const missing = missingBy([judgeAnchor(db, keys.watermarkMac, anchor?.found ?? null)])
    if (missing > 0) throw new OpenProblem('watermark-ahead', missing)
    if (!schemaIsIntact(db)) throw new OpenProblem('schema-changed')
  } finally {
    db.close()
    // A reading connection makes these but may not take them away.
    for (const name of beside) rmSync(name, { force: true })
  }
}

/** Without its mark an older database cannot be told from the newest: the clinic opens, the lamp stays red (AUD-05). */
export const watermarkLost = 'watermark_lost_at'

export function noteLostWatermark(engine: Engine, clock: () => number): void {
  const who = { actor: null, door: 'job' as const, opId: mintId(clock()) }
  engine.auditOnly(who, { action: 'watermark.missing', category: 'system', outcome: 'failed' })
}

/** After a restored file this device writes under a new name: the control log says so, or its signatures count for nothing. */
export function noteDevice(
  engine: Engine,
  clock: () => number,
  control: ReturnType<typeof createControlLog>,
  keys: ClinicKeys,
): void {
  const { writer, publicKey } = keys.device
  engine.transact(
    { actor: null, door: 'job', opId: mintId(clock()) },
    'device.enter',
    (ctx) =>
      control(ctx.now, {
        kind: 'device.add',
        writer,
        signKey: publicKey,
        admin: false,
        proof: deviceProof(keys, writer, publicKey),
      }),
    () => ({ action: 'device.enter', category: 'configuration' }),
  )
}

export function lastHlc(db: Connection): number {
  const header = db.prepare('select header from sync_commit order by pos desc limit 1').pluck().get()
  return header instanceof Uint8Array ? hlcMillis(decodeHeader(header).hlc) : 0
}
