// Five ways to change history without the keys, each with where it has to be found (AUD-03).
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { type Connection } from '#core/db/connection.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { verifyAuditChain } from '#core/store/audit.ts'
import { auditColumns, checkpointBytes, macOf } from '#core/store/audit-format.ts'

export const tamperKinds = ['flip', 'delete', 'swap', 'insert', 'rebuild'] as const
export type TamperKind = (typeof tamperKinds)[number]

export interface Tamper {
  readonly kind: TamperKind
  readonly seq: number
  readonly found: number | null
  readonly expected: number
}

type Random = () => number
const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1))

/** The guards are dropped once; each tampering is taken back by a savepoint. */
export function openForTampering(db: Connection): void {
  db.exec('begin')
  for (const name of db
    .prepare(`select name from sqlite_master where type = 'trigger'`)
    .pluck()
    .all() as string[])
    db.exec(`drop trigger "${name}"`)
}

function tamper(db: Connection, keys: ClinicKeys, kind: TamperKind, random: Random): Tamper {
  const last = Number(db.prepare('select max(seq) from audit_log').pluck().get())
  const seq = whole(random, 2, last - 1)
  db.exec('savepoint tampering')
  try {
    const expected = change(db, kind, seq, last, random)
    const report = verifyAuditChain(db, keys)
    return { kind, seq, expected, found: report.ok ? null : report.firstBadSeq }
  } finally {
    db.exec('rollback to tampering; release tampering')
  }
}

/** SQLite walks the journal of a transaction from its beginning for each step back: a long one gets slower and slower. */
const perTransaction = 100

/** Each kind so often, every one taken back before the next. Leaves the log as it was, its guards included. */
export function tamperMany(
  db: Connection,
  keys: ClinicKeys,
  rounds: Readonly<Record<TamperKind, number>>,
  random: Random,
): Tamper[] {
  const kinds = tamperKinds.flatMap((kind) => Array.from({ length: rounds[kind] }, () => kind))
  const done: Tamper[] = []
  for (let from = 0; from < kinds.length; from += perTransaction) {
    openForTampering(db)
    for (const kind of kinds.slice(from, from + perTransaction)) done.push(tamper(db, keys, kind, random))
    db.exec('rollback')
  }
  return done
}

/** Returns the first bad entry. */
function change(db: Connection, kind: TamperKind, seq: number, last: number, random: Random): number {
  if (kind === 'flip') return flip(db, seq, random)
  if (kind === 'delete') {
    db.prepare('delete from audit_log where seq = ?').run(seq)
    return seq
  }
  if (kind === 'swap') {
    const other = whole(random, 2, last - 1)
    const [a, b] = other === seq ? [seq, seq + 1] : [Math.min(seq, other), Math.max(seq, other)]
    const move = db.prepare('update audit_log set seq = ? where seq = ?')
    move.run(-1, a)
    move.run(a, b)
    move.run(b, -1)
    return a
  }
  if (kind === 'insert') {
    db.exec(
      `update audit_log set seq = -seq where seq > ${seq}; update audit_log set seq = 1 - seq where seq < 0`,
    )
    db.exec(`insert into audit_log select seq + 1, at, clock, writer, user_id, role, session_id, door, action, category,
      patient_alias, outcome, code, op_id, detail, commits, digest, mac from audit_log where seq = ${seq}`)
    return seq + 1
  }
  return rebuild(db, seq)
}

/** One bit of one value that is there. */
function flip(db: Connection, seq: number, random: Random): number {
  const row = db.prepare('select * from audit_log where seq = ?').get(seq) as Record<string, unknown>
  const there = [...auditColumns, 'mac'].filter((c) => c !== 'seq' && row[c] !== null && row[c] !== '')
  const column = there[Math.floor(random() * there.length)] ?? 'mac'
  const value = row[column]
  const put = db.prepare(`update audit_log set ${column} = ? where seq = ?`)
  if (typeof value === 'number') put.run(value ^ (1 << Math.floor(random() * 16)), seq)
  else if (value instanceof Uint8Array) put.run(flipped(value, random), seq)
  else put.run(flipped(Buffer.from(String(value), 'latin1'), random, 7).toString('latin1'), seq)
  return seq
}

function flipped(bytes: Uint8Array, random: Random, bits = 8): Buffer {
  const copy = Buffer.from(bytes)
  const at = Math.floor(random() * copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * bits))
  return copy
}

/** Everything from an entry on written anew under another key, checkpoints signed by another device. */
function rebuild(db: Connection, seq: number): number {
  const key = randomBytes(32)
  const device = generateKeyPairSync('ed25519').privateKey
  let prev = db
    .prepare('select mac from audit_log where seq = ?')
    .pluck()
    .get(seq - 1) as Uint8Array
  db.prepare(`update audit_log set detail = 'never happened' where seq = ?`).run(seq)
  const rows = db
    .prepare(`select ${auditColumns.join(', ')} from audit_log where seq >= ? order by seq`)
    .raw()
  const put = db.prepare('update audit_log set mac = ? where seq = ?')
  const resign = db.prepare('update audit_checkpoint set mac = ?, signature = ? where seq = ?')
  for (const values of rows.all(seq) as unknown[][]) {
    const mac = macOf(key, prev, values, [])
    const at = Number(values[0])
    put.run(mac, at)
    resign.run(mac, sign(null, checkpointBytes({ seq: at, mac }), device), at)
    prev = mac
  }
  return seq
}

/** What a plain HMAC over the same bytes costs: the measure for the full check (AUD-06). */
export function plainHmac(keys: ClinicKeys, bytes: readonly string[]): number {
  const started = performance.now()
  for (const text of bytes) createHmac('sha256', keys.auditMac).update(text).digest()
  return performance.now() - started
}
