// Accounts, role grants, signing keys, the clinic.
import { sql } from 'kysely'

export const up = [
  sql`create table recent_sign_in (
    user_id text not null,
    door text not null,
    last_at text not null,
    primary key (user_id, door)
  ) strict, without rowid`,
  sql`create table role_grant (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    user_id text not null,
    role text not null,
    granted_at text not null,
    granted_by text,
    primary key (id)
  ) strict, without rowid`,
  sql`create table sign_in_failure (
    subject text not null,
    failures integer not null,
    last_at text not null,
    primary key (subject)
  ) strict, without rowid`,
  sql`create table user_account (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    username text not null,
    name text not null,
    practitioner_id text,
    locale text,
    verifier text,
    code_hash text,
    code_expires_at text,
    credential_changed_at text,
    active integer not null check (active in (0, 1)),
    primary key (id)
  ) strict, without rowid`,
  sql`create table user_signing_key (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    user_id text not null,
    public_key blob not null,
    wrapped_private blob not null,
    created_at text not null,
    primary key (id)
  ) strict, without rowid`,
  sql`create table clinic (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    name text not null,
    country text not null,
    time_zone text not null,
    currency text not null,
    locale text not null,
    one_care_team integer not null,
    is_demo integer not null,
    primary key (id)
  ) strict, without rowid`,
  sql`create index sign_in_failure_last on sign_in_failure (last_at)`,
  sql`create index user_account_username on user_account (username)`,
  sql`create index role_grant_user on role_grant (user_id)`,
  sql`create index user_signing_key_user on user_signing_key (user_id, created_at)`,
]
