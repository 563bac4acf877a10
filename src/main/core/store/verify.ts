// Full check of both chains and the file: what `verify` on the command line and the health page report.
import type { Connection } from '../db/connection.ts'
import { schemaIsIntact } from '../db/migrate.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { type ChainReport, verifyAuditChain } from './audit.ts'
import { createLinks, type StoredCommit } from './commit-links.ts'
import { checkRows } from './row-sweep.ts'
import type { SyncedTable } from './table-def.ts'
import { verifyControlLog } from './control-log.ts'
import type { VerifyReport } from '../clinic-types.ts'
import type { Mark } from './watermark.ts'

export function verifyClinic(
  db: Connection,
  keys: ClinicKeys,
  mark: Mark | null,
  tables: readonly SyncedTable[],
): VerifyReport {
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const audit = verifyAuditChain(db, keys)
  const commits = verifyCommits(db)
  const control = verifyControlLog(db, keys)
  const watermark = compareWithMark(db, mark)
  const schema = { ok: schemaIsIntact(db) }
  const { rows, faults } = checkRows(db, tables)
  return {
    ok:
      integrity === 'ok' && audit.ok && commits.ok && control.ok && watermark.ok && schema.ok && faults === 0,
    integrity,
    audit,
    commits: { count: commits.entries, ok: commits.ok, firstBadSeq: commits.firstBadSeq },
    control: { entries: control.entries, ok: control.ok },
    watermark,
    schema,
    rows: { count: rows, faults },
  }
}

/** Every commit of every writer, from the first on. */
export function verifyCommits(db: Connection): ChainReport {
  const links = createLinks(db)
  let entries = 0
  const rows = db
    .prepare('select pos, writer, seq, prev, hash, sig, header, body from sync_commit order by pos')
    .iterate()
  for (const row of rows as Iterable<StoredCommit>) {
    if (!links.holds(row)) return { entries, ok: false, firstBadSeq: row.seq }
    entries += 1
  }
  const forged = links.firstForgedErasure()
  return { entries, ok: forged === null, firstBadSeq: forged }
}

/** Both chains must contain what the mark remembers; a database ahead of it is fine (REL-04). */
export function compareWithMark(db: Connection, mark: Mark | null): { ok: boolean; missingSaves: number } {
  if (!mark) return { ok: db.prepare('select 1 from audit_log limit 1').get() === undefined, missingSaves: 0 }
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
