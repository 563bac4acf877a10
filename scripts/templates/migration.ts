// Tables of the __module__ module.
import { sql } from 'kysely'

export const up = [
  sql`create table __snake___item (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    name text not null,
    primary key (id)
  ) strict, without rowid`,
]
