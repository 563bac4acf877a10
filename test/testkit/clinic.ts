// A whole clinic in a temporary folder: real encrypted database, real migrations, real permissions, a clock of its own.
// One person per role is there; `as(role)` calls procedures through dispatch() exactly as a door does.
import * as z from 'zod'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CataloguePlaces } from '#core/catalogue/catalogues.ts'
import { openClinic, watermarkFile } from '#core/clinic.ts'
import type { OpenClinic } from '#core/clinic-types.ts'
import { openConnection } from '#core/db/connection.ts'
import { cataloguePlaces } from '#testkit/catalogues.ts'
import { spawnIsolated } from '#core/isolate/spawn.ts'
import type { KdfParams } from '#core/keys/kdf.ts'
import { createPasswordWork } from '#core/keys/password-work.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { createLogger } from '#core/log/logger.ts'
import type { CommandContext, Door } from '#core/rpc/context.ts'
import type { Caller } from '#core/rpc/door-types.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { OpenExternal, SlotWork } from '#core/rpc/services.ts'
import type { Session } from '#core/rpc/session.ts'
import { mintId } from '#core/store/mint.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { auditLog } from '#core/store/tables.ts'
import { migrations } from '#migrations/index.ts'
import { setting, writeSetting } from '#modules/clinic/main/api.ts'
import { clinic as clinicTable } from '#modules/clinic/main/tables.ts'
import { modules } from '#modules/main.ts'
import { roleGrant, userAccount, userSigningKey } from '#modules/people/main/tables.ts'
import type { Reply } from '#shared/errors.ts'
import { type Role, roles } from '#shared/permissions.ts'
import { testRestoring } from './backup.ts'
import { type Client, clientFor } from './client.ts'
import { testKeys, testKeyWork } from './keys.ts'

/** Monday 2026-03-02, 08:00 UTC. */
export const testStart = Date.UTC(2026, 2, 2, 8)

export interface TestClinicOptions {
  readonly modules?: readonly ModuleDef[]
  readonly startAt?: number
  readonly oneCareTeam?: boolean
  /** Asks for reasons and watches the night, as a new clinic does. */
  readonly policyAsDelivered?: boolean
  /** Another place for reference data: with no cache it is made anew. */
  readonly catalogues?: CataloguePlaces
  /** Modules do their last work when it is closed. */
  readonly atClose?: boolean
  /** Stands for the person's browser: gets the address that the shell would open. */
  readonly openExternal?: OpenExternal
  /** A dearer password hash, where its time is what is looked at. */
  readonly kdf?: KdfParams
  /** An empty folder to use instead of a temporary one. */
  readonly dir?: string
  /** Reopen a folder of another test clinic. */
  readonly reopen?: Pick<TestClinic, 'dir' | 'keys'>
}

export interface TestClinic extends AsyncDisposable {
  readonly dir: string
  readonly keys: ClinicKeys
  readonly clinic: OpenClinic
  as(role: Role): Client
  /** A second person with the same role, with a session of their own. */
  another(role: Role): Client
  /** Calls as a door does; nothing is thrown. `token` null means anonymous. */
  call(procedure: string, input: unknown, options?: CallOptions): Promise<Reply>
  tokenOf(role: Role): string
  userId(role: Role): string
  session(role: Role): Session
  caller(token: string | null, door?: Door): Caller & { token: string | null }
  now(): number
  tick(ms: number): void
  /** Moves wall time only, as somebody who sets the clock does. */
  setWall(ms: number): void
  auditOf(action: string): AuditRow[]
  audit(): AuditRow[]
  read<T>(run: (read: Reader) => T): T
  transact<T>(run: (ctx: CommandContext) => T): T
  /** A raw connection under the clinic's key, for looking and for tampering. */
  raw(): ReturnType<typeof openConnection>
  /** Moves the WAL into the database now. */
  checkpoint(): void
  reopen(options?: TestClinicOptions): Promise<TestClinic>
  close(): Promise<void>
}

export interface CallOptions {
  readonly token?: string | null
  readonly opId?: string
  readonly door?: Door
  readonly background?: boolean
}

export type AuditRow = RowOf<typeof auditLog>

export async function testClinic(options: TestClinicOptions = {}): Promise<TestClinic> {
  const dir = options.reopen?.dir ?? options.dir ?? mkdtempSync(path.join(tmpdir(), 'osler-test-'))
  const keys = options.reopen?.keys ?? testKeys()
  let wall = options.startAt ?? testStart
  let mono = 0
  const clinic = openClinic({
    dir,
    keys,
    modules: options.modules ?? modules,
    migrations,
    clock: () => wall,
    monotonic: () => mono,
    log: createLogger(2, process.env.OSLER_TEST_LOG ? 'info' : 'silent'),
    passwords: createPasswordWork({ pepper: keys.pepper, policy: options.kdf ?? fastKdf }),
    slots: memorySlots(),
    keyWork: testKeyWork(dir, () => wall),
    restoring: testRestoring(dir, () => wall),
    backupWork: { chunkSize: 4096, here: true },
    ...(options.atClose ? { atClose: true } : {}),
    spawnIsolated,
    openExternal: options.openExternal,
    catalogues: options.catalogues ?? cataloguePlaces(),
    create: !options.reopen,
  })
  if (!options.reopen) fillBasics(clinic, options.oneCareTeam ?? true, options.policyAsDelivered ?? false)
  const userIds = readUserIds(clinic)
  const people = new Map<Role, { userId: string; token: string; session: Session }>()
  const personFor = (role: Role) => {
    let person = people.get(role)
    if (!person || clinic.services.sessions.find(person.token) === undefined) {
      const userId = userIds.get(role)
      if (!userId) throw new Error(`no person with role ${role}`)
      person = startSession(clinic, userId, role)
      people.set(role, person)
    }
    return person
  }
  const call: TestClinic['call'] = (procedure, input, how = {}) =>
    clinic.dispatch(
      { procedure, input, opId: how.opId, background: how.background },
      caller(how.token ?? null, how.door),
    )
  const caller = (token: string | null, door: Door = 'ipc') => {
    const self = { door, token, source: 'test', setToken: (next: string | null) => void (self.token = next) }
    return self
  }
  const clientOf = (token: () => string): Client =>
    clientFor((procedure, input, opId) =>
      clinic.dispatch({ procedure, input, opId: opId ?? mintId(wall) }, caller(token())),
    )
  let closed = false
  const self: TestClinic = {
    dir,
    keys,
    clinic,
    as: (role) => clientOf(() => personFor(role).token),
    another(role) {
      const userId = clinic.transact(system, { action: 'test.person', category: 'account' }, (ctx) =>
        addPerson(ctx, `${role}-${mintId(wall).slice(-6)}`, `Another ${role}`, [role]),
      )
      const { token } = startSession(clinic, userId, role)
      return clientOf(() => token)
    },
    call,
    tokenOf: (role) => personFor(role).token,
    userId: (role) => userIds.get(role) ?? '',
    session: (role) => personFor(role).session,
    caller,
    now: () => wall,
    tick(ms) {
      wall += ms
      mono += ms
    },
    setWall(ms) {
      wall = ms
    },
    auditOf: (action) =>
      clinic.read((r) =>
        r.list((db) => db.selectFrom('audit_log').selectAll().where('action', '=', action).orderBy('seq')),
      ),
    audit: () => clinic.read((r) => r.list((db) => db.selectFrom('audit_log').selectAll().orderBy('seq'))),
    read: (run) => clinic.read(run),
    transact: (run) => clinic.transact(system, { action: 'test.seed', category: 'system' }, run),
    raw: () => openConnection(path.join(dir, 'clinic.db'), keys.database, 'write'),
    checkpoint() {
      const db = self.raw()
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    },
    async reopen(more = {}) {
      await self.close()
      return testClinic({ startAt: wall, ...more, reopen: { dir, keys } })
    },
    async close() {
      if (closed) return
      closed = true
      await clinic.close()
    },
    async [Symbol.asyncDispose]() {
      await self.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  return self
}

const system = { actor: null, door: 'job' } as const

/** Small on purpose: tests hash often and guard nothing. The product's floor is asserted by the key tests. */
export const fastKdf = { memoryKib: 256, iterations: 1, parallelism: 1 }

function memorySlots(): SlotWork {
  const slots = new Set<string>()
  const change = (userId: string) => ({ keep: () => void slots.add(userId), drop: () => {} })
  return {
    add: (userId) => Promise.resolve(change(userId)),
    settle: (userId) => Promise.resolve(slots.has(userId) ? null : change(userId)),
    put: (userId) => Promise.resolve(void slots.add(userId)),
    remove: (userId) => void slots.delete(userId),
    has: (userId) => slots.has(userId),
    warnings: () => [],
  }
}

const calmPolicy = { askReason: false, watchNight: false, nightFrom: 22, nightTo: 6 }

function fillBasics(clinic: OpenClinic, oneCareTeam: boolean, asDelivered: boolean): void {
  clinic.transact(system, { action: 'clinic.create', category: 'system' }, (ctx) => {
    ctx.write.insert(clinicTable, {
      name: 'Test Clinic',
      country: 'DE',
      time_zone: 'Europe/Berlin',
      currency: 'EUR',
      locale: 'en',
      one_care_team: oneCareTeam ? 1 : 0,
      is_demo: 0,
    })
    // Tests that are about reasons and nights say so; the others open what they like, whenever they like.
    if (!asDelivered) writeSetting(ctx, setting('access.policy', z.any(), null), calmPolicy)
    for (const role of roles) addPerson(ctx, role, `Test ${role}`, [role])
  })
}

function addPerson(ctx: CommandContext, username: string, name: string, held: readonly Role[]): string {
  const id = ctx.write.insert(userAccount, { username, name, active: 1 })
  for (const role of held) ctx.write.insert(roleGrant, { user_id: id, role, granted_at: ctx.now })
  return id
}

function readUserIds(clinic: OpenClinic): Map<Role, string> {
  const rows = clinic.read((r) =>
    r.list((db) =>
      db
        .selectFrom('user_account')
        .innerJoin('role_grant', 'role_grant.user_id', 'user_account.id')
        .select(['user_account.id', 'role_grant.role', 'user_account.username'])
        .whereRef('user_account.username', '=', 'role_grant.role'),
    ),
  )
  return new Map(rows.map((r) => [r.role as Role, r.id]))
}

/** Starts a session without a password; the sign-in path has tests of its own. Makes the signing key at once. */
function startSession(clinic: OpenClinic, userId: string, role: Role) {
  const pair = generateKeyPairSync('ed25519')
  const keyId = clinic.transact(system, { action: 'test.signing-key', category: 'account' }, (ctx) =>
    ctx.write.insert(userSigningKey, {
      user_id: userId,
      public_key: pair.publicKey.export({ format: 'der', type: 'spki' }),
      wrapped_private: new Uint8Array(0),
      created_at: ctx.now,
    }),
  )
  const started = clinic.services.sessions.start({
    userId,
    door: 'ipc',
    role,
    signingKey: { keyId, privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }) },
  })
  return { userId, ...started }
}

export { watermarkFile }
