// Second factors, recovery codes, PINs and what sign-in keeps about each person.
import { sql } from 'kysely'

export const up = [
  sql`create table second_factor (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    user_id text not null,
    seed blob not null,
    confirmed_at text not null,
    primary key (id)
  ) strict, without rowid`,
  sql`create table recovery_code (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    user_id text not null,
    digest text not null,
    made_at text not null,
    used_at text,
    primary key (id)
  ) strict, without rowid`,
  sql`create table sign_in_start (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    user_id text not null,
    first_at text not null,
    must_enrol integer not null check (must_enrol in (0, 1)),
    primary key (id)
  ) strict, without rowid`,
  sql`create table second_factor_use (user_id text primary key, last_step integer not null) strict, without rowid`,
  sql`create table device_pin (
    user_id text primary key,
    verifier text not null,
    failures integer not null,
    set_at text not null
  ) strict, without rowid`,
  sql`create index second_factor_user on second_factor (user_id)`,
  sql`create index recovery_code_user on recovery_code (user_id)`,
  sql`create index sign_in_start_user on sign_in_start (user_id)`,
]
