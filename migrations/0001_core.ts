// Core's own tables: audit chain, commits, control log, bookkeeping.
import { sql } from 'kysely'

export const up = [
  sql`create table audit_checkpoint (
    seq integer primary key,
    at text not null,
    mac blob not null,
    signature blob not null
  ) strict`,
  sql`create table audit_log (
    seq integer primary key,
    at text not null,
    clock text not null,
    writer integer not null,
    user_id text,
    role text,
    session_id text,
    door text not null,
    action text not null,
    category text not null,
    patient_alias text,
    outcome text not null,
    code text,
    op_id text not null,
    detail text,
    commits text,
    digest blob,
    mac blob not null
  ) strict`,
  sql`create table audit_patient (
    patient_alias text not null,
    seq integer not null,
    primary key (patient_alias, seq)
  ) strict, without rowid`,
  sql`create table change_index (
    table_id integer not null,
    row_id text not null,
    writer integer not null,
    seq integer not null,
    primary key (table_id, row_id, writer, seq)
  ) strict, without rowid`,
  sql`create table control_log (
    n integer primary key,
    prev blob not null,
    hash blob not null,
    sig blob not null,
    body blob not null
  ) strict`,
  sql`create table meta (
    key text not null,
    value text not null,
    primary key (key)
  ) strict, without rowid`,
  sql`create table number_series (
    name text not null,
    next integer not null,
    primary key (name)
  ) strict, without rowid`,
  sql`create table op_result (
    op_id text not null,
    user_id text not null,
    procedure text not null,
    digest blob not null,
    at text not null,
    result text not null,
    primary key (op_id)
  ) strict, without rowid`,
  sql`create table sync_commit (
    pos integer primary key,
    writer integer not null,
    seq integer not null,
    prev blob not null,
    hash blob not null,
    sig blob not null,
    header blob not null,
    body blob not null
  ) strict`,
  sql`create table sync_ctx (
    one integer primary key,
    mode text not null
  ) strict`,
  sql`create table sync_head (
    table_id integer not null,
    row_id text not null,
    heads blob not null,
    primary key (table_id, row_id)
  ) strict, without rowid`,
  sql`create table sync_pending (
    table_id integer not null,
    row_id text not null,
    op text not null,
    mask integer not null,
    primary key (table_id, row_id)
  ) strict, without rowid`,
  sql`create table sync_writer (
    n integer not null,
    writer blob not null,
    device_id text not null,
    incarnation integer not null,
    public_key blob not null,
    created_at text not null,
    primary key (n)
  ) strict, without rowid`,
  sql`create index audit_log_patient on audit_log (patient_alias, seq) where patient_alias is not null`,
  sql`create index audit_log_user on audit_log (user_id, seq) where patient_alias is not null`,
  // The list of charts a person opened last (patients.recent) reads this and nothing else of the log.
  sql`create index audit_log_opened on audit_log (user_id, seq) where action in ('chart.open', 'patient.register', 'patient.view')`,
  sql`create unique index sync_commit_dot on sync_commit (writer, seq)`,
  sql`create index op_result_at on op_result (at)`,
  sql`create trigger audit_log_next before insert on audit_log
  when new.seq is not (select coalesce(max(seq), 0) + 1 from audit_log)
  begin select raise(abort, 'audit_log: out of sequence'); end`,
  sql`create trigger audit_log_no_update before update on audit_log begin select raise(abort, 'audit_log: append only'); end`,
  sql`create trigger audit_log_no_delete before delete on audit_log begin select raise(abort, 'audit_log: append only'); end`,
  sql`create trigger audit_patient_no_update before update on audit_patient begin select raise(abort, 'audit_patient: append only'); end`,
  sql`create trigger audit_patient_no_delete before delete on audit_patient begin select raise(abort, 'audit_patient: append only'); end`,
  sql`create trigger audit_checkpoint_no_update before update on audit_checkpoint begin select raise(abort, 'audit_checkpoint: append only'); end`,
  sql`create trigger audit_checkpoint_no_delete before delete on audit_checkpoint begin select raise(abort, 'audit_checkpoint: append only'); end`,
  sql`create trigger sync_commit_no_update before update on sync_commit
  when not exists (select 1 from sync_ctx where mode = 'erase')
  begin select raise(abort, 'sync_commit: append only'); end`,
  sql`create trigger sync_commit_no_delete before delete on sync_commit begin select raise(abort, 'sync_commit: append only'); end`,
  sql`create trigger sync_commit_next before insert on sync_commit
  when new.seq is not (select coalesce(max(seq), 0) + 1 from sync_commit where writer = new.writer)
  begin select raise(abort, 'sync_commit: out of sequence'); end`,
  sql`create trigger control_log_next before insert on control_log
  when new.n is not (select coalesce(max(n), 0) + 1 from control_log)
  begin select raise(abort, 'control_log: out of sequence'); end`,
  sql`create trigger control_log_no_update before update on control_log begin select raise(abort, 'control_log: append only'); end`,
  sql`create trigger control_log_no_delete before delete on control_log begin select raise(abort, 'control_log: append only'); end`,
]
