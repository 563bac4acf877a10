// BAK-06 and BAK-07: doctored backups, planted by somebody who has the device's own keys, are refused each for its reason
// and touch nothing; what must outlive an older copy is carried over.
import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryOf, packBackup, unpackBackup } from '#core/backup/pack.ts'
import { readHeader } from '#core/backup/pieces.ts'
import { openWithRoot, sealFileKey } from '#core/backup/sealing.ts'
import { stageRestore } from '#core/backup/restore.ts'
import { BackupRefused, type Manifest } from '#core/backup/types.ts'
import { clinicFolder } from '#core/clinic-folder.ts'
import type { OpeningOptions } from '#core/opened-clinic.ts'
import { migrations } from '#migrations/index.ts'
import { openConnection } from '#core/db/connection.ts'
import { memoryDeviceSecrets } from '#core/keys/device-secret.ts'
import { makeSigningPair } from '#core/keys/device-identity.ts'
import { createHasher } from '#core/keys/kdf.ts'
import { readKeyFile } from '#core/keys/key-file.ts'
import { type KeyRing, unlockKeyRingByKit } from '#core/keys/key-ring.ts'
import { parseKit } from '#core/keys/kit.ts'
import { modules } from '#modules/main.ts'
import { patient } from '#modules/patients/main/tables.ts'
import { smallKdf, testCaller } from '#testkit/host.ts'
import { type BackedUp, backedUpClinic, confirmKit, must } from '#testkit/restoring.ts'

let from: BackedUp
let file: string
let ring: KeyRing
let scene: string
let count = 0
beforeAll(async () => {
  from = await backedUpClinic()
  file = await from.backup()
  scene = mkdtempSync(path.join(tmpdir(), 'osler-hostile-'))
  const parsed = parseKit(from.kit)
  const found = readKeyFile(path.join(from.home.dir, 'keys.json'))
  if (!parsed.ok || !found) throw new Error('no kit')
  const options = {
    file: path.join(scene, 'keys.json'),
    secrets: memoryDeviceSecrets(),
    hasher: createHasher(),
    slotParams: smallKdf.slot,
    clock: Date.now,
  }
  const opened = unlockKeyRingByKit(options, found, parsed.secret)
  if (!opened) throw new Error('no ring')
  ring = opened
})
afterAll(async () => {
  await from[Symbol.asyncDispose]()
  rmSync(scene, { recursive: true, force: true })
})

interface Planted {
  readonly database?: (db: ReturnType<typeof openConnection>) => void
  readonly entries?: (sources: Map<string, string>, dir: string) => void
  readonly manifest?: (manifest: Manifest) => Manifest
  readonly signedBy?: Uint8Array
  readonly withoutKit?: true
}

/** A whole new backup around doctored contents, signed with the clinic's own device key unless said otherwise. */
async function plant(how: Planted): Promise<string> {
  const dir = path.join(scene, `plant-${++count}`)
  const { header } = readHeader(file)
  const fileKey = openWithRoot(ring.keys.backupWrap, header.body)
  const { manifest } = unpackBackup(file, header, fileKey, dir)
  const database = path.join(dir, 'clinic.db')
  if (how.database) {
    const db = openConnection(database, ring.keys.database, 'write')
    how.database(db)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('journal_mode=DELETE')
    db.close()
  }
  const sources = new Map(manifest.entries.map((entry) => [entry.name, path.join(dir, entry.name)]))
  how.entries?.(sources, dir)
  const entries = [...sources].map(([name, place]) => entryOf(name, place))
  const said = how.manifest?.({ ...manifest, entries }) ?? { ...manifest, entries }
  const of = { clinicId: header.body.clinicId, backupId: header.body.backupId }
  const kit = how.withoutKit ? null : ring.keys.kit
  const sealed = await sealFileKey(fileKey, { backupWrap: ring.keys.backupWrap, kit }, of)
  const out = path.join(scene, `planted-${count}.oslerbackup`)
  const head = { ...of, deviceId: header.body.deviceId, at: header.body.at, chunkSize: 65_536, sealed }
  const privateKey = how.signedBy ?? ring.keys.device.privateKey
  packBackup({ file: out, head, manifest: said, sources, fileKey, privateKey }, () => {})
  rmSync(dir, { recursive: true })
  return out
}

const sql = (...statements: string[]): Planted => ({
  database: (db) => {
    for (const statement of statements) db.exec(statement)
  },
})
const drop = (name: string) => `drop trigger ${name}`
const evil = (n: number) =>
  sql(
    `create trigger evil_${n} after insert on ${['patient', 'audit_log', 'user_account', 'role_grant', 'sync_commit'][n] ?? 'meta'} begin delete from meta; end`,
  )
const lie = (change: Partial<Manifest>): Planted => ({ manifest: (m) => ({ ...m, ...change }) })
const flipped = (place: (size: number) => number): string => {
  const bytes = readFileSync(file)
  const at = place(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ 0x20
  const out = path.join(scene, `flipped-${++count}.oslerbackup`)
  writeFileSync(out, bytes)
  return out
}
const written = (bytes: Uint8Array): string => {
  const out = path.join(scene, `written-${++count}.oslerbackup`)
  writeFileSync(out, bytes)
  return out
}

const doctored: [string, string, () => Promise<string> | string][] = [
  ['a trigger on patients', 'schema-foreign', () => plant(evil(0))],
  ['a trigger on the log', 'schema-foreign', () => plant(evil(1))],
  ['a trigger on accounts', 'schema-foreign', () => plant(evil(2))],
  ['a trigger on roles', 'schema-foreign', () => plant(evil(3))],
  ['a trigger on commits', 'schema-foreign', () => plant(evil(4))],
  ['a trigger on the bookkeeping', 'schema-foreign', () => plant(evil(5))],
  ['a view', 'schema-foreign', () => plant(sql('create view v as select * from patient'))],
  [
    'a view in place of a table’s shadow',
    'schema-foreign',
    () => plant(sql('create view clinic_2 as select 1')),
  ],
  ['a further table', 'schema-foreign', () => plant(sql('create table spy (a text)'))],
  ['a further index', 'schema-foreign', () => plant(sql('create index spy on patient (family)'))],
  ['a table function', 'schema-foreign', () => plant(sql('create virtual table spy using fts5(a)'))],
  [
    'the log’s own guard dropped',
    'schema-foreign',
    () => plant({ database: (db) => db.exec(drop(auditTrigger(db))) }),
  ],
  ['a column added', 'schema-foreign', () => plant(sql('alter table meta add column spy text'))],
  ['a capture trigger rewritten', 'schema-foreign', () => plant({ database: rewriteCapture })],
  [
    'a capture trigger dropped',
    'schema-foreign',
    () => plant({ database: (db) => db.exec(drop(captureTrigger(db))) }),
  ],
  [
    'a schema of the future',
    'newer-schema',
    () =>
      plant({
        database: (db) => void db.pragma('user_version=900'),
        manifest: (m) => ({ ...m, schema: 900 }),
      }),
  ],
  [
    'a schema of nobody',
    'schema-foreign',
    () => plant({ database: (db) => void db.pragma('user_version=1') }),
  ],
  [
    'an entry taken out of the log',
    'contents-differ',
    () =>
      plant({
        database: (db) => tamperLog(db, 'delete from audit_log where seq = (select max(seq) from audit_log)'),
      }),
  ],
  [
    'an entry changed in the log',
    'chain-differs',
    () => plant({ database: (db) => tamperLog(db, `update audit_log set action = 'nothing' where seq = 2`) }),
  ],
  [
    'a name changed in the log',
    'chain-differs',
    () => plant({ database: (db) => tamperLog(db, `update audit_log set user_id = 'x' where seq = 3`) }),
  ],
  [
    'a checkpoint of nobody',
    'chain-differs',
    () =>
      plant({
        database: (db) => tamperLog(db, `update audit_checkpoint set signature = zeroblob(64)`),
        manifest: (m) => m,
      }),
  ],
  ['fewer rows than said', 'contents-differ', () => plant(lie({ rows: { patient: 9000 } }))],
  ['more patients than said', 'contents-differ', () => plant(lie({ patients: 7 }))],
  ['another clinic’s name said', 'contents-differ', () => plant(lie({ clinicName: 'Other' }))],
  ['another head of the log said', 'contents-differ', () => plant(lie({ audit: { seq: 1, mac: 'AAAA' } }))],
  [
    'another head of the commits said',
    'contents-differ',
    () => plant(lie({ commits: { pos: 1, hash: 'AAAA' } })),
  ],
  ['another newest entry said', 'contents-differ', () => plant(lie({ newestAt: null }))],
  ['a key generation that never was', 'wrong-key', () => plant(lie({ generation: 77 }))],
  [
    'keys of nobody',
    'key-file-damaged',
    () => plant({ entries: (sources) => writeFileSync(sources.get('keys.json') ?? '', '{}') }),
  ],
  [
    'keys in another order',
    'key-file-damaged',
    () => plant({ entries: (sources) => editKeys(sources.get('keys.json') ?? '') }),
  ],
  ['no database', 'contents-differ', () => plant({ entries: withoutDatabase })],
  [
    'a database of noise',
    'database-damaged',
    () => plant({ entries: (sources) => writeFileSync(sources.get('clinic.db') ?? '', randomBytes(40_960)) }),
  ],
  [
    'a database in clear',
    'database-damaged',
    () =>
      plant({
        entries: (sources) =>
          writeFileSync(
            sources.get('clinic.db') ?? '',
            Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192)]),
          ),
      }),
  ],
  [
    'a database cut short',
    'database-damaged',
    () => plant({ entries: (sources) => cut(sources.get('clinic.db') ?? '') }),
  ],
  ['signed by a stranger', 'wrong-signature', () => plant({ signedBy: makeSigningPair().privateKey })],
  ['an older form', 'not-a-backup', () => written(Buffer.from('PK\u0003\u0004'))],
  ['a later form', 'newer-format', () => written(Buffer.from('OSLERBK9 and more'))],
  [
    'a header of 2 GB',
    'header-damaged',
    () => written(Buffer.concat([Buffer.from('OSLERBK1'), Buffer.from([0x7f, 0xff, 0xff, 0xff])])),
  ],
  ['a bit in the body', 'damaged', () => flipped((size) => Math.floor(size / 2))],
  ['a bit in the signature', 'wrong-signature', () => flipped((size) => size - 10)],
  [
    'half a file',
    'damaged',
    () => written(readFileSync(file).subarray(0, Math.floor(readFileSync(file).length / 2))),
  ],
]

function auditTrigger(db: ReturnType<typeof openConnection>): string {
  return String(
    db
      .prepare(`select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_log' limit 1`)
      .pluck()
      .get(),
  )
}
function captureTrigger(db: ReturnType<typeof openConnection>): string {
  return String(
    db
      .prepare(
        `select name from sqlite_master where type = 'trigger' and name like 'capture_patient_%' limit 1`,
      )
      .pluck()
      .get(),
  )
}
function rewriteCapture(db: ReturnType<typeof openConnection>): void {
  const name = captureTrigger(db)
  db.exec(`${drop(name)}; create trigger ${name} after insert on patient begin delete from meta; end`)
}
/** The guards are put back afterwards, to the letter. */
function tamperLog(db: ReturnType<typeof openConnection>, statement: string): void {
  const guards = db
    .prepare(`select name, sql from sqlite_master where type = 'trigger' and tbl_name like 'audit_%'`)
    .all() as { name: string; sql: string }[]
  for (const guard of guards) db.exec(drop(guard.name))
  db.exec(statement)
  for (const guard of guards) db.exec(guard.sql)
}
function withoutDatabase(sources: Map<string, string>): void {
  const empty = path.join(scene, 'empty-file')
  writeFileSync(empty, '')
  sources.delete('clinic.db')
  sources.set('attachments/x', empty)
}
function editKeys(place: string): void {
  const stored = JSON.parse(readFileSync(place, 'utf8')) as { body: { slots: unknown[] }; checksum: string }
  stored.body.slots.reverse()
  stored.checksum = createHash('sha256').update(JSON.stringify(stored.body)).digest('base64url')
  writeFileSync(place, JSON.stringify(stored))
}
function cut(place: string): void {
  const bytes = readFileSync(place)
  writeFileSync(place, bytes.subarray(0, Math.floor(bytes.length / 8192) * 4096))
}

test('BAK-06: 41 doctored backups are refused, each for its reason, and the folder stays as it was', async () => {
  const dir = path.join(scene, 'empty')
  const parsed = parseKit(from.kit)
  if (!parsed.ok) throw new Error('no kit')
  const options = {
    folder: clinicFolder(dir),
    modules,
    migrations,
    secrets: memoryDeviceSecrets(),
    hasher: createHasher(),
    kdf: smallKdf,
    clock: Date.now,
    isDemo: false,
  } as unknown as OpeningOptions
  const wrong: string[] = []
  for (const [name, fault, make] of doctored) {
    const planted = await make()
    const told = await stageRestore(options, planted, { kit: parsed.secret }, { here: true }).then(
      () => 'opened',
      (error: unknown) => (error instanceof BackupRefused ? error.fault : String(error)),
    )
    if (told !== fault) wrong.push(`${name}: ${told} instead of ${fault}`)
    rmSync(planted, { force: true })
  }
  expect(wrong).toEqual([])
  expect(doctored.length).toBeGreaterThanOrEqual(40)
  expect(readdirSync(dir)).toEqual([])
})

test('BAK-07: what was erased after the backup stays erased: modules carry it over in the restore’s own transaction', async () => {
  const { id } = (await from
    .call('patients.register', { name: 'Ana Sol', gender: 'female' })
    .catch(() => ({ id: '' }))) as { id: string }
  const clinic = from.host.clinic()
  if (!clinic) throw new Error('not open')
  const erasedId =
    id === ''
      ? clinic.transact({ actor: null, door: 'job' }, { action: 'test.seed', category: 'system' }, (ctx) =>
          ctx.write.insert(patient, {
            name_text: 'Ana Sol',
            family: 'Sol',
            birth_date: '1971-03-04',
            birth_date_estimated: 0,
            gender: 'female',
            deceased: 0,
            active: 1,
            record_number: 'E1',
            audit_alias: 'alias-e',
            n: 77,
            name_sort: 'sol',
          }),
        )
      : id
  const before = await from.backup()
  clinic.transact({ actor: null, door: 'job' }, { action: 'test.erase', category: 'system' }, (ctx) =>
    ctx.write.void(patient, erasedId, 'any', 'erased on request'),
  )
  const { dir } = from.home
  await from.host.close()
  // A module with a ledger of its own looks into the database that was here before.
  const seen: (string | null)[] = []
  const list = modules.map((module) =>
    module.name === 'patients'
      ? {
          ...module,
          afterRestore:
            () =>
            (
              ctx: Parameters<NonNullable<ReturnType<NonNullable<(typeof module)['afterRestore']>>>>[0],
              facts: { former: { list: (q: never) => unknown[] } | null; backupAt: string },
            ) => {
              seen.push(facts.former === null ? null : facts.backupAt)
              const gone = (facts.former?.list(((db: {
                selectFrom: (t: string) => {
                  select: (c: string) => { where: (a: string, b: string, c: null) => unknown }
                }
              }) => db.selectFrom('patient').select('id').where('voided_at', 'is not', null)) as never) ??
                []) as { id: string }[]
              for (const row of gone) ctx.write.void(patient, row.id, 'any', 'erased on request')
            },
        }
      : module,
  )
  copyFileSync(path.join(dir, 'keys.json'), path.join(scene, 'keys-kept.json'))
  // The key file was lost: the clinic does not open, its database is whole.
  writeFileSync(path.join(dir, 'keys.json'), 'lost')
  rmSync(path.join(dir, 'keys.json.old'), { force: true })
  const host = await from.home.open({ modules: list as never })
  expect(host.status().state).toBe('broken')
  const ask = {
    place: { kind: 'folder', path: before },
    name: path.basename(before),
    opener: { kind: 'kit', kit: from.kit },
  }
  const facts = must(await host.bootstrap('restoreLook', ask, testCaller())) as { newerHere: number }
  expect(facts.newerHere).toBeGreaterThan(0)
  must(await host.bootstrap('restoreApply', {}, testCaller()))
  await confirmKit(host)
  expect(seen).toHaveLength(1)
  expect(seen[0]).not.toBeNull()
  const row = host
    .clinic()
    ?.read((r) =>
      r.list((db) => db.selectFrom('patient').select(['id', 'voided_at']).where('id', '=', erasedId)),
    )
  expect(row?.[0]?.voided_at).not.toBeNull()
  const entry = host
    .clinic()
    ?.read((r) =>
      r.list((db) =>
        db.selectFrom('audit_log').select(['detail', 'commits']).where('action', '=', 'clinic.restore'),
      ),
    )
  expect(entry?.[0]?.detail).toMatch(/anchor=\d+ newer-here=[1-9]/)
  expect(host.clinic()?.verify()).toMatchObject({ ok: true })
  mkdirSync(scene, { recursive: true })
})
