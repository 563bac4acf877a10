// A clinic of tables without procedures: what fault tests need, quick to start in a process of its own.
import { openClinic } from '#core/clinic.ts'
import type { OpenClinic } from '#core/clinic-types.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { createLogger } from '#core/log/logger.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { mintId } from '#core/store/mint.ts'
import { patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'
import { sql } from 'kysely'
import { migrations } from '#migrations/index.ts'

export const thing = patientTable('thing', 900, 'plain', {
  words: { words: 'text' },
  count: { count: 'int' },
})
export const plainThing = syncedTable('plain_thing', 901, 'review', {
  words: { words: 'text', more: 'text?' },
})

declare module '#core/store/database.ts' {
  interface Database {
    thing: RowOf<typeof thing>
    plain_thing: RowOf<typeof plainThing>
  }
}

const base =
  'id text not null, rev integer not null, ins_writer integer not null, ins_seq integer not null, voided_at text, void_reason text'
export const thingMigrations = [
  ...migrations.slice(0, 3),
  {
    name: '0900_things',
    up: [
      sql.raw(`create table thing (${base}, patient_id text not null, words text not null, count integer not null,
        primary key (patient_id, id), unique (id)) strict, without rowid`),
      sql.raw(
        `create table plain_thing (${base}, words text not null, more text, primary key (id)) strict, without rowid`,
      ),
    ],
  },
]

/** A version later: a table more and a column more. */
export const laterMigrations = [
  ...thingMigrations,
  {
    name: '0901_later',
    up: [
      sql.raw('create table later (a text) strict'),
      sql.raw(`alter table plain_thing add column after text`),
    ],
  },
]

const things: ModuleDef = { name: 'things', tables: [thing, plainThing], implementations: () => [] }
const absent = new Proxy({}, { get: () => () => [] }) as never

export function openThings(
  dir: string,
  keys: ClinicKeys,
  create: boolean,
  clock: () => number = Date.now,
  reserveBytes = 0,
): OpenClinic {
  return openClinic({
    dir,
    keys,
    create,
    modules: [things],
    migrations: thingMigrations,
    clock,
    log: createLogger(2, 'silent'),
    passwords: absent,
    slots: absent,
    keyWork: absent,
    restoring: absent,
    spawnIsolated: absent,
    reserveBytes,
    catalogues: { sources: dir, built: [], cache: null },
  })
}

export const onePatient = mintId(0, 1_700_000_000_000)
export const system = { actor: null, door: 'job' } as const

export function writeThing(clinic: OpenClinic, words: string): string {
  return clinic.transact(system, { action: 'thing.write', category: 'system' }, (ctx) =>
    ctx.write.insert(thing, { patient_id: onePatient, words, count: 1 }),
  )
}

export function thingIds(clinic: OpenClinic): Set<string> {
  return new Set(clinic.read((r) => r.list((db) => db.selectFrom('thing').select('id'))).map((t) => t.id))
}

/** Keys as text, to hand to a child process of a test. */
export function packKeys(keys: ClinicKeys): string {
  return JSON.stringify(keys, (_k, v: unknown) =>
    v instanceof Uint8Array
      ? { hex: Buffer.from(v).toString('hex') }
      : typeof v === 'object' && v !== null && (v as { type?: string }).type === 'Buffer'
        ? { hex: Buffer.from((v as { data: number[] }).data).toString('hex') }
        : v,
  )
}

export function unpackKeys(text: string): ClinicKeys {
  return JSON.parse(text, (_k, v: unknown) =>
    typeof v === 'object' && v !== null && 'hex' in v
      ? Buffer.from(String((v as { hex: string }).hex), 'hex')
      : v,
  ) as ClinicKeys
}
