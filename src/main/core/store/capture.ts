// Sealing: what the triggers noted becomes chained, signed commits inside the same transaction (SYNC 2.3-2.6).
import { type KeyObject, randomBytes } from 'node:crypto'
import { decode, encode } from 'cborg'
import { appVersion } from '#shared/version.ts'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import type { HybridClock, Stamp } from './clock.ts'
import {
  type Change,
  type Dot,
  ed25519PrivateKey,
  encodeChange,
  type Op,
  sealCommit,
  uuidBytesOf,
  zeroHash,
} from './commit.ts'
import type { SyncedTable, TableDef } from './table-def.ts'

/** A commit holds at most this much; a larger transaction seals several with one job id (SYNC 2.3). */
const mostChanges = 2_000
const mostBytes = 900 * 1024

export interface CommitHead {
  readonly seq: number
  readonly hash: Uint8Array
}

export interface SealInfo {
  readonly userId: string | null
  readonly sessionId: string | null
  readonly role: string | null
  readonly action: string
  readonly opId: string
}

/** State of one open transaction. */
export interface CaptureRun {
  /** The seq that rows inserted now will carry. */
  readonly nextSeq: number
  /** Called by the Writer after each change, with a rough size; seals early when a commit is full. */
  noteBytes(bytes: number): void
  /** Seals what is pending; returns first and last seq, or null when nothing changed. */
  finish(): { first: number; last: number; hashes: readonly Uint8Array[] } | null
  readonly stamp: Stamp
  readonly head: CommitHead
}

export interface Capture {
  /** Local number of this workstation's writer, as it stands in ins_writer. */
  readonly writerNumber: number
  begin(info: SealInfo): CaptureRun
  readonly committed: CommitHead
  /** After COMMIT: the run's head becomes the chain's. */
  accept(run: CaptureRun): void
}

interface PendingRow {
  table_id: number
  row_id: string
  op: 'insert' | 'put'
  mask: number
}

export function createCapture(
  db: Connection,
  keys: ClinicKeys,
  tables: readonly TableDef[],
  clock: HybridClock,
  schemaVersion: number,
): Capture {
  const byId = new Map<number, SyncedTable>()
  for (const t of tables) if (t.kind === 'synced') byId.set(t.tableId, t)
  const clinic = uuidBytesOf(keys.clinicId)
  const signKey: KeyObject = ed25519PrivateKey(keys.device.privateKey)
  const writerNumber = ensureWriter(db, keys, clock)
  const writerOf = (n: number) => writers.get(n) ?? loadWriter(n)
  const writers = new Map<number, Uint8Array>()
  const loadWriter = (n: number): Uint8Array => {
    const bytes = db.prepare('select writer from sync_writer where n = ?').pluck().get(n) as Uint8Array
    writers.set(n, bytes)
    return bytes
  }
  const headRow = db
    .prepare('select seq, hash from sync_commit where writer = ? order by seq desc limit 1')
    .get(writerNumber) as CommitHead | undefined
  let committed: CommitHead = headRow ?? { seq: 0, hash: zeroHash }

  const selectPending = db.prepare('select table_id, row_id, op, mask from sync_pending')
  const clearPending = db.prepare('delete from sync_pending')
  const insertCommit = db.prepare(
    'insert into sync_commit (writer, seq, prev, hash, sig, header, body) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const selectHead = db.prepare('select heads from sync_head where table_id = ? and row_id = ?').pluck()
  const putHead = db.prepare('insert or replace into sync_head (table_id, row_id, heads) values (?, ?, ?)')
  const indexChange = db.prepare(
    'insert or ignore into change_index (table_id, row_id, writer, seq) values (?, ?, ?, ?)',
  )
  const controlHead = db.prepare('select coalesce(max(n), 0) from control_log').pluck()
  const rowOf = new Map<number, ReturnType<Connection['prepare']>>()
  for (const [id, t] of byId) rowOf.set(id, db.prepare(`select * from ${t.name} where id = ?`))

  const changeOf = (p: PendingRow, seq: number): Uint8Array => {
    const table = byId.get(p.table_id)
    const row = rowOf.get(p.table_id)?.get(p.row_id) as Record<string, unknown> | undefined
    if (!table || !row) throw new Error('capture: a noted row is gone')
    const groups: [number, unknown[]][] = []
    for (const [bit, group] of table.groups.entries()) {
      if (!(p.mask & (2 ** bit))) continue
      // An unvoided insert says nothing by repeating that it is not voided.
      if (p.op === 'insert' && bit === 0 && row.voided_at === null) continue
      groups.push([bit, group.columns.map((c) => row[c])])
    }
    const change: Change = {
      tableId: p.table_id,
      rowId: p.row_id,
      op: p.op === 'insert' ? 'insert' : opOf(p.mask, row),
      groups,
      base: p.op === 'insert' ? [] : moveHeads(p, row, seq),
      salt: randomBytes(16),
    }
    return encodeChange(change)
  }

  /** Heads stay implicit until a row is first changed: then they name, per group, the writes now current. */
  const moveHeads = (p: PendingRow, row: Record<string, unknown>, seq: number): [number, Dot[]][] => {
    const inserted: Dot = [writerOf(Number(row.ins_writer)), Number(row.ins_seq)]
    const stored = selectHead.get(p.table_id, p.row_id) as Uint8Array | undefined
    const heads = new Map<number, Dot[]>(stored ? (decode(stored) as [number, Dot[]][]) : [])
    const base: [number, Dot[]][] = []
    const own: Dot = [keys.device.writer, seq]
    for (let bit = 0; 2 ** bit <= p.mask; bit++) {
      if (!(p.mask & (2 ** bit))) continue
      base.push([bit, heads.get(bit) ?? [inserted]])
      heads.set(bit, [own])
    }
    putHead.run(p.table_id, p.row_id, encode([...heads]))
    indexChange.run(p.table_id, p.row_id, writerNumber, seq)
    return base
  }

  const begin = (info: SealInfo): CaptureRun => {
    const stamp = clock.next()
    let head = committed
    let bytes = 0
    let changes = 0
    let first = 0
    const hashes: Uint8Array[] = []
    const seal = () => {
      const pending = selectPending.all() as PendingRow[]
      if (pending.length === 0) return
      const seq = head.seq + 1
      const encoded = pending.map((p) => changeOf(p, seq))
      const sealed = sealCommit(
        {
          v: 1,
          clinic,
          writer: keys.device.writer,
          seq,
          prev: head.hash,
          hlc: first === 0 ? stamp.hlc : clock.next().hlc,
          wall: stamp.wall,
          offset: null,
          clockq: stamp.quality,
          user: info.userId,
          session: info.sessionId,
          role: info.role,
          action: info.action,
          opId: info.opId,
          job: first === 0 ? null : info.opId,
          app: appVersion,
          schema: schemaVersion,
          minReader: schemaVersion,
          ctl: Number(controlHead.get()),
          deps: [],
        },
        encoded,
        signKey,
      )
      insertCommit.run(writerNumber, seq, head.hash, sealed.hash, sealed.sig, sealed.header, sealed.body)
      clearPending.run()
      head = { seq, hash: sealed.hash }
      if (first === 0) first = seq
      hashes.push(sealed.hash)
      bytes = 0
      changes = 0
    }
    return {
      stamp,
      get nextSeq() {
        return head.seq + 1
      },
      get head() {
        return head
      },
      noteBytes(n) {
        bytes += n
        changes += 1
        if (changes >= mostChanges || bytes >= mostBytes) seal()
      },
      finish() {
        seal()
        return first === 0 ? null : { first, last: head.seq, hashes }
      },
    }
  }

  return {
    writerNumber,
    begin,
    get committed() {
      return committed
    },
    accept(run) {
      committed = run.head
    },
  }
}

function opOf(mask: number, row: Record<string, unknown>): Op {
  if (!(mask & 1)) return 'put'
  return row.voided_at === null ? 'restore' : 'void'
}

/** This device and incarnation as a numbered writer; made at the first opening. */
function ensureWriter(db: Connection, keys: ClinicKeys, clock: HybridClock): number {
  const found = db
    .prepare('select n from sync_writer where writer = ?')
    .pluck()
    .get(Buffer.from(keys.device.writer))
  if (typeof found === 'number') return found
  const n = Number(db.prepare('select coalesce(max(n), 0) + 1 from sync_writer').pluck().get())
  db.prepare(
    'insert into sync_writer (n, writer, device_id, incarnation, public_key, created_at) values (?, ?, ?, ?, ?, ?)',
  ).run(
    n,
    Buffer.from(keys.device.writer),
    keys.device.deviceId,
    keys.device.incarnation ?? 1,
    Buffer.from(keys.device.publicKey),
    new Date(clock.now()).toISOString(),
  )
  return n
}
