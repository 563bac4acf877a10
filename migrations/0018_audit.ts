// What the viewer of the audit trail needs to answer fast, and what was disclosed to whom outside of the clinic.
import { sql } from 'kysely'

export const up = [
  sql`create table disclosure (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    patient_id text not null,
    occurred_at text not null,
    recipient text not null,
    recipient_kind text not null check (recipient_kind in ('person', 'provider', 'insurer', 'authority', 'court', 'research', 'other')),
    address text,
    what text not null,
    basis text not null check (basis in ('consent', 'law', 'public-health', 'court', 'oversight', 'research', 'emergency', 'request', 'care', 'payment', 'operations', 'other')),
    purpose text not null,
    origin text not null check (origin in ('entered', 'act')),
    act text,
    recorded_by text,
    recorded_by_name text not null,
    primary key (patient_id, id),
    unique (id)
  ) strict, without rowid`,
  sql`create table disclosure_suspension (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    patient_id text not null,
    authority text not null,
    reason text not null,
    since text not null,
    until text not null,
    ordered_by text not null,
    primary key (patient_id, id),
    unique (id)
  ) strict, without rowid`,
  sql`create table audit_check (
    one integer not null check (one = 1),
    at text not null,
    entries integer not null,
    ok integer not null,
    first_bad integer,
    took_ms integer not null,
    primary key (one)
  ) strict, without rowid`,
  sql`create index notice_user_id on notice (to_user, id) where to_user is not null`,
  sql`create index notice_role_id on notice (to_role, id) where to_role is not null`,
  sql`create index review_item_answered on review_item (answered_at, id) where answered_at is not null`,
  // A person's own record is found by the whole name.
  sql`create index patient_name_sort on patient (name_sort)`,
  // One index a sortable column; each ends with the entry's number by itself, which is the order within a value.
  sql`create index audit_log_at on audit_log (at)`,
  sql`create index audit_log_by on audit_log (user_id)`,
  sql`create index audit_log_role on audit_log (role)`,
  sql`create index audit_log_action on audit_log (action)`,
  sql`create index audit_log_category on audit_log (category)`,
  sql`create index audit_log_door on audit_log (door)`,
  sql`create index audit_log_outcome on audit_log (outcome)`,
  // Beside the index by person the former one would no longer be chosen for what somebody opened lately; with the outcome
  // it is the narrower one.
  sql`drop index audit_log_opened`,
  sql`create index audit_log_opened on audit_log (user_id, outcome, seq) where action in ('chart.open', 'patient.register', 'patient.view')`,
  sql`create index audit_patient_seq on audit_patient (seq)`,
]
