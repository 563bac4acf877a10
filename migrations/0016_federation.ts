// Identities from outside and passkeys.
import { sql } from 'kysely'

export const up = [
  sql`create table identity_provider (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    name text not null,
    issuer text not null,
    client_id text not null,
    acr_values text not null,
    amr_values text not null,
    algorithms text not null,
    assume_pkce integer not null check (assume_pkce in (0, 1)),
    callback_path text not null,
    secret_sealed blob,
    enabled integer not null check (enabled in (0, 1)),
    primary key (id)
  ) strict, without rowid`,
  sql`create table external_identity (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    issuer text not null,
    subject text not null,
    user_id text not null,
    hint text,
    linked_at text not null,
    linked_by text not null,
    primary key (id)
  ) strict, without rowid`,
  sql`create table passkey (
    id text not null,
    rev integer not null default 1,
    ins_writer integer not null,
    ins_seq integer not null,
    voided_at text,
    void_reason text,
    user_id text not null,
    credential_id text not null,
    public_key blob not null,
    rp_id text not null,
    transports text not null,
    counter integer not null check (counter >= 0),
    backed_up integer not null check (backed_up in (0, 1)),
    created_at text not null,
    name text not null,
    primary key (id)
  ) strict, without rowid`,
  sql`create table passkey_use (
    passkey_id text not null primary key,
    counter integer not null check (counter >= 0),
    last_at text not null
  ) strict, without rowid`,
  sql`create index external_identity_user on external_identity (user_id)`,
  sql`create index passkey_user on passkey (user_id)`,
]
