// Targets, runs and test restores of backups. All of this computer only: a folder here is none elsewhere, and the key to
// a bucket is nobody else's.
import { sql } from 'kysely'

export const up = [
  sql`create table backup_target (
    id text not null primary key,
    rev integer not null,
    name text not null,
    kind text not null check (kind in ('folder', 'bucket')),
    off_site integer not null check (off_site in (0, 1)),
    never_delete integer not null check (never_delete in (0, 1)),
    path text,
    mark text,
    endpoint text,
    bucket text,
    region text,
    prefix text,
    access_key text,
    secret blob,
    created_at text not null,
    check ((kind = 'folder') = (path is not null and mark is not null)),
    check ((kind = 'bucket') = (endpoint is not null and bucket is not null and secret is not null))
  ) strict, without rowid`,
  sql`create table backup_made (
    id text not null primary key,
    at text not null,
    name text not null,
    bytes integer not null,
    sha256 text not null,
    reason text not null check (reason in ('clock', 'close', 'hand', 'reseal')),
    patients integer not null,
    audit_seq integer not null,
    commit_pos integer not null,
    kit_id text,
    took_ms integer not null
  ) strict, without rowid`,
  sql`create table backup_copy (
    backup_id text not null,
    target_id text not null,
    state text not null check (state in ('good', 'failed', 'gone', 'aged', 'replaced')),
    problem text,
    at text not null,
    primary key (backup_id, target_id)
  ) strict, without rowid`,
  sql`create table backup_try (
    one integer not null primary key check (one = 1),
    at text not null,
    problem text,
    failed_told_at text,
    late_told_at text
  ) strict, without rowid`,
  sql`create table backup_drill (
    id text not null primary key,
    kind text not null check (kind in ('nightly', 'monthly', 'hand', 'people')),
    at text not null,
    backup_id text,
    backup_at text,
    target_id text,
    outcome text not null check (outcome in ('ok', 'failed')),
    problem text,
    patients integer,
    tables integer,
    rows_counted integer,
    took_ms integer,
    by_user text,
    note text
  ) strict, without rowid`,
  sql`create index backup_made_at on backup_made (at)`,
  sql`create index backup_drill_at on backup_drill (kind, at)`,
]
