// Loaded editions of code sets, and how often codes are used. Problems and allergies stand in tables of the chart.
import { sql } from 'kysely'

export const up = [
  sql`create table code_set_edition (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    catalogue text not null,
    edition text not null,
    file_name text not null,
    loaded_at text not null,
    loaded_by text not null,
    status text not null check (status in ('waiting', 'reading', 'ready', 'refused')),
    file text,
    digest text,
    rows integer,
    added integer,
    gone integer,
    changed integer,
    gone_in_use integer,
    fault text,
    fault_line integer,
    in_use integer not null check (in_use in (0, 1)),
    primary key (id)
  ) strict, without rowid`,
  sql`create table code_use (
    kind text not null,
    code text not null,
    user_id text not null,
    uses integer not null,
    last_used text not null,
    primary key (kind, code, user_id)
  ) strict, without rowid`,
  sql`create index code_use_by_user on code_use (kind, user_id, uses)`,
]
