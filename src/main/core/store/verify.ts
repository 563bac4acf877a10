// Full check of both chains and the file: what `verify` on the command line and the health page report.
import type { Connection } from '../db/connection.ts'
import { schemaIsIntact } from '../db/migrate.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { type ChainReport, verifyAuditChain } from './audit.ts'
import { verifyControlLog } from './control-log.ts'
import { changesOf, commitHash, decodeHeader, ed25519PublicKey, signatureHolds, zeroHash } from './commit.ts'
import type { VerifyReport } from '../clinic-types.ts'
import type { Mark } from './watermark.ts'

export function verifyClinic(db: Connection, keys: ClinicKeys, mark: Mark | null): VerifyReport {
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const audit = verifyAuditChain(db, keys)
  const commits = verifyCommits(db)
  const control = verifyControlLog(db, keys)
  const watermark = compareWithMark(db, mark)
  const schema = { ok: schemaIsIntact(db) }
  return {
    ok: integrity === 'ok' && audit.ok && commits.ok && control.ok && watermark.ok && schema.ok,
    integrity,
    audit,
    commits: { count: commits.entries, ok: commits.ok, firstBadSeq: commits.firstBadSeq },
    control,
    watermark,
    schema,
  }
}

/** Every commit of every writer: hash over the stored bytes, link to the one before, device signature. */
export function verifyCommits(db: Connection): ChainReport {
  const keys = new Map(
    (
      db.prepare('select n, public_key from sync_writer').all() as { n: number; public_key: Uint8Array }[]
    ).map((w) => [w.n, ed25519PublicKey(w.public_key)]),
  )
  const heads = new Map<number, { seq: number; hash: Uint8Array }>()
  let entries = 0
  const rows = db
    .prepare('select writer, seq, prev, hash, sig, header, body from sync_commit order by pos')
    .iterate()
  for (const row of rows as Iterable<{
    writer: number
    seq: number
    prev: Uint8Array
    hash: Uint8Array
    sig: Uint8Array
    header: Uint8Array
    body: Uint8Array
  }>) {
    const before = heads.get(row.writer) ?? { seq: 0, hash: zeroHash }
    const header = decodeHeader(row.header)
    const hash = commitHash(row.header, changesOf(row.body))
    const key = keys.get(row.writer)
    const holds =
      row.seq === before.seq + 1 &&
      header.seq === row.seq &&
      Buffer.from(row.prev).equals(before.hash) &&
      Buffer.from(header.prev).equals(before.hash) &&
      Buffer.from(row.hash).equals(hash) &&
      key !== undefined &&
      signatureHolds(header, hash, row.sig, key)
    if (!holds) return { entries, ok: false, firstBadSeq: row.seq }
    heads.set(row.writer, { seq: row.seq, hash: row.hash })
    entries += 1
  }
  return { entries, ok: true, firstBadSeq: null }
}

/** Both chains must contain what the mark remembers; a database ahead of it is fine (REL-04). */
export function compareWithMark(db: Connection, mark: Mark | null): { ok: boolean; missingSaves: number } {
  if (!mark)
    return { ok: Number(db.prepare('select count(*) from audit_log').pluck().get()) === 0, missingSaves: 0 }
  const audit = db.prepare('select mac from audit_log where seq = ?').pluck().get(mark.auditSeq)
  const commit = db
    .prepare('select hash from sync_commit where seq = ? and writer = (select max(n) from sync_writer)')
    .pluck()
    .get(mark.commitSeq)
  const auditOk =
    mark.auditSeq === 0 || (audit instanceof Uint8Array && Buffer.from(audit).equals(mark.auditMac))
  const commitOk =
    mark.commitSeq === 0 || (commit instanceof Uint8Array && Buffer.from(commit).equals(mark.commitHash))
  if (auditOk && commitOk) return { ok: true, missingSaves: 0 }
  const last = Number(db.prepare('select coalesce(max(seq), 0) from audit_log').pluck().get())
  return { ok: false, missingSaves: Math.max(1, mark.auditSeq - last) }
}
