// Core's own tables: capture, commits, audit, control log, idempotency, bookkeeping of this workstation.
import { localTable, type RowOf } from './table-def.ts'

export const auditLog = localTable(
  'audit_log',
  {
    seq: 'int',
    at: 'text',
    /** ok, unknown or suspect (SYNC 2.5). */
    clock: 'text',
    writer: 'int',
    user_id: 'text?',
    role: 'text?',
    session_id: 'text?',
    door: 'text',
    action: 'text',
    category: 'text',
    /** Alias of the patient concerned; several patients: the rest stands in audit_patient. */
    patient_alias: 'text?',
    /** ok, refused or failed. */
    outcome: 'text',
    code: 'text?',
    op_id: 'text',
    /** Reason a person gave, count, or status. Never clinical text. */
    detail: 'text?',
    /** "seq" or "first-last" of the commits this command sealed. */
    commits: 'text?',
    /** Keyed digest of the new row versions. */
    digest: 'blob?',
    mac: 'blob',
  },
  'trail',
)
export const auditPatient = localTable('audit_patient', { patient_alias: 'text', seq: 'int' }, 'trail')
/** Checkpoints over the chain, signed by the device key: every 1,000 entries, 15 minutes and at close (AUD-03). */
export const auditCheckpoint = localTable(
  'audit_checkpoint',
  { seq: 'int', at: 'text', mac: 'blob', signature: 'blob' },
  'trail',
)

export const syncWriter = localTable('sync_writer', {
  n: 'int',
  writer: 'blob',
  device_id: 'text',
  incarnation: 'int',
  public_key: 'blob',
  created_at: 'text',
})
export const syncCommit = localTable('sync_commit', {
  pos: 'int',
  writer: 'int',
  seq: 'int',
  prev: 'blob',
  hash: 'blob',
  sig: 'blob',
  header: 'blob',
  body: 'blob',
})
export const syncHead = localTable('sync_head', { table_id: 'int', row_id: 'text', heads: 'blob' })
export const syncPending = localTable('sync_pending', {
  table_id: 'int',
  row_id: 'text',
  op: 'text',
  mask: 'int',
})
export const syncCtx = localTable('sync_ctx', { one: 'int', mode: 'text' })
export const changeIndex = localTable('change_index', {
  table_id: 'int',
  row_id: 'text',
  writer: 'int',
  seq: 'int',
})
export const controlLog = localTable('control_log', {
  n: 'int',
  prev: 'blob',
  hash: 'blob',
  sig: 'blob',
  body: 'blob',
})
export const opResult = localTable('op_result', {
  op_id: 'text',
  user_id: 'text',
  procedure: 'text',
  /** SHA-256 over role and input: the same id with other words is another act. */
  digest: 'blob',
  at: 'text',
  result: 'text',
})
export const numberSeries = localTable('number_series', { name: 'text', next: 'int' })
/** How the jobs of the clock stand on this computer (core/jobs/scheduler.ts). */
export const jobState = localTable('job_state', {
  name: 'text',
  due_at: 'text',
  last_run_at: 'text?',
  /** ok or failed; null before the first run. */
  outcome: 'text?',
  problem: 'text?',
  failures: 'int',
})
/** Key-value bookkeeping of this file: schema fingerprint, generation, clock floor. */
export const meta = localTable('meta', { key: 'text', value: 'text' })

export const coreTables = [
  auditLog,
  auditPatient,
  auditCheckpoint,
  syncWriter,
  syncCommit,
  syncHead,
  syncPending,
  syncCtx,
  changeIndex,
  controlLog,
  opResult,
  numberSeries,
  jobState,
  meta,
] as const

declare module './database.ts' {
  interface Database {
    audit_log: RowOf<typeof auditLog>
    audit_patient: RowOf<typeof auditPatient>
    audit_checkpoint: RowOf<typeof auditCheckpoint>
    sync_writer: RowOf<typeof syncWriter>
    sync_commit: RowOf<typeof syncCommit>
    sync_head: RowOf<typeof syncHead>
    sync_pending: RowOf<typeof syncPending>
    sync_ctx: RowOf<typeof syncCtx>
    change_index: RowOf<typeof changeIndex>
    control_log: RowOf<typeof controlLog>
    op_result: RowOf<typeof opResult>
    number_series: RowOf<typeof numberSeries>
    job_state: RowOf<typeof jobState>
    meta: RowOf<typeof meta>
  }
}
