// Builds an opened clinic by hand, top to bottom: connections, chains, engine, services, dispatcher.
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError, type Reply } from '#shared/errors.ts'
import { type OpenClinic, type OpenClinicOptions, OpenProblem } from './clinic-types.ts'
import { createCheckpointer } from './db/checkpoint.ts'
import { type Connection, openConnection } from './db/connection.ts'
import { createDatabase, migrateDatabase, schemaIsIntact } from './db/migrate.ts'
import { createJobs } from './jobs/jobs.ts'
import type { Actor } from './rpc/context.ts'
import { createDispatch, opResultDays } from './rpc/dispatch.ts'
import { buildRouter } from './rpc/router.ts'
import type { Health, Services, UploadTokens } from './rpc/services.ts'
import { createSessionStore } from './rpc/session.ts'
import { createAuditTrail, verifyAuditChain } from './store/audit.ts'
import { createCapture } from './store/capture.ts'
import { createHybridClock, hlcMillis } from './store/clock.ts'
import { decodeHeader } from './store/commit.ts'
import { createControlLog } from './store/control-log.ts'
import { createEngine } from './store/engine.ts'
import { mintId } from './store/mint.ts'
import { rowHistory } from './store/row-history.ts'
import type { SyncedTable } from './store/table-def.ts'
import { coreTables } from './store/tables.ts'
import { compareWithMark, verifyClinic } from './store/verify.ts'
import { openWatermark, readWatermark } from './store/watermark.ts'
import { createWriterFactory } from './store/writer.ts'

export const databaseFile = (dir: string) => path.join(dir, 'clinic.db')
export const watermarkFile = (dir: string) => path.join(dir, 'watermark')

/** @throws OpenProblem with one of the bootstrap problems; nothing has been written then. */
export function openClinic(options: OpenClinicOptions): OpenClinic {
  const { dir, keys, clock, log } = options
  const file = databaseFile(dir)
  const tables = [...coreTables, ...options.modules.flatMap((m) => m.tables)]
  const schema = { migrations: options.migrations, tables }
  if (options.create) createDatabase(file, keys.database, schema)
  else if (!existsSync(file)) throw new OpenProblem('wrong-key-or-damaged')
  else if (migrateDatabase(file, keys.database, schema))
    log.info('database migrated', { count: schema.migrations.length })

  const writeDb = openConnection(file, keys.database, 'write')
  const mark = readWatermark(watermarkFile(dir), keys.watermarkMac)
  try {
    refuseLoss(writeDb, mark)
  } catch (error) {
    writeDb.close()
    throw error
  }
  const readDb = openConnection(file, keys.database, 'read')
  const hybrid = createHybridClock(
    clock,
    options.monotonic ?? (() => performance.now()),
    Math.max(mark?.at ?? 0, lastHlc(writeDb)),
  )
  const capture = createCapture(writeDb, keys, tables, hybrid, schema.migrations.length)
  const trail = createAuditTrail(writeDb, keys, capture.writerNumber)
  const watermark = openWatermark(watermarkFile(dir), keys.watermarkMac)
  const checkpointer = createCheckpointer(writeDb, file)
  const listeners = new Set<(tables: readonly string[]) => void>()
  const announce = (names: readonly string[]) => {
    for (const listener of listeners) listener(names)
  }
  const engine = createEngine({
    writeDb,
    readDb,
    capture,
    trail,
    clock: hybrid,
    watermark,
    writers: createWriterFactory(writeDb, capture.writerNumber),
    announce,
    noteCommit: () => checkpointer.noteCommit(),
  })
  engine.forgetResultsBefore(new Date(clock() - opResultDays * 86_400_000).toISOString())
  const sessions = createSessionStore(clock)
  const jobs = createJobs(engine, clock, log)
  const uploads = createUploads(clock)
  const control = createControlLog(writeDb, keys)
  const synced = new Map(tables.filter((t): t is SyncedTable => t.kind === 'synced').map((t) => [t.name, t]))
  const services: Services = {
    clock,
    sessions,
    passwords: options.passwords,
    slots: options.slots,
    jobs,
    spawnIsolated: options.spawnIsolated,
    uploads,
    health: () =>
      healthOf(
        dir,
        writeDb,
        verifyAuditChain(writeDb, keys, Math.max(1, trail.committed.seq - quickCheckEntries)).ok,
        mark !== null || options.create === true,
        hybrid.quality(),
        options.slots.warnings(),
      ),
    appendControl: (ctx, entry) => control(ctx.now, entry),
    rowHistory: (read, name, id) => {
      const table = synced.get(name)
      if (!table) throw new Error(`${name} is not a synced table`)
      return rowHistory(read, table, id)
    },
    keyedDigest: (label, text) => createHmac('sha256', keys.pepper).update(`${label}\0${text}`).digest(),
    announce,
  }
  const implementations = options.modules.flatMap((m) => [...m.implementations(services)])
  const dispatch = createDispatch({
    procedures: buildRouter(implementations),
    engine,
    sessions,
    relations: options.modules.flatMap((m) => m.relations ?? []),
    now: clock,
    log,
  })

  let closed = false
  return {
    services,
    dispatch: (call, caller) =>
      closed
        ? Promise.resolve({ ok: false, error: { code: 'UNAVAILABLE', details: {}, opId: mintId(clock()) } })
        : dispatch(call, caller),
    read: (run) => engine.snapshot(run),
    transact: (who, act, run) =>
      engine.transact({ ...who, opId: mintId(clock()) }, act.action, run, () => act),
    upload: (token, body) => takeUpload(uploads, token, body, clock),
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    verify: () => verifyClinic(writeDb, keys, readWatermark(watermarkFile(dir), keys.watermarkMac)),
    async close() {
      if (closed) return
      closed = true
      await jobs.stop()
      for (const session of sessions.list()) sessions.end(session)
      checkpointer.stop()
      engine.transact(
        { actor: null, door: 'job', opId: mintId(clock()) },
        'clinic.close',
        (ctx) => trailCheckpoint(ctx.nowMs, ctx.now),
        () => ({ action: 'clinic.close', category: 'system' }),
      )
      readDb.close()
      writeDb.pragma('wal_checkpoint(TRUNCATE)')
      writeDb.close()
      watermark.close()
    },
  }

  function trailCheckpoint(nowMs: number, now: string): void {
    trail.checkpoint(nowMs, now, true)
  }
}

/** The health page checks the newest entries in a few milliseconds; `verify` checks all. */
const quickCheckEntries = 500

/** A database that knows less than the watermark has lost saves; one whose schema changed by itself was tampered with. */
function refuseLoss(db: Connection, mark: ReturnType<typeof readWatermark>): void {
  if (mark) {
    const compared = compareWithMark(db, mark)
    if (!compared.ok) throw new OpenProblem('watermark-ahead', compared.missingSaves)
  }
  if (!schemaIsIntact(db)) throw new OpenProblem('schema-changed')
}

function lastHlc(db: Connection): number {
  const header = db.prepare('select header from sync_commit order by pos desc limit 1').pluck().get()
  return header instanceof Uint8Array ? hlcMillis(decodeHeader(header).hlc) : 0
}

function createUploads(clock: () => number): UploadTokens {
  const waiting = new Map<
    string,
    { until: number; sink: (body: AsyncIterable<Uint8Array>) => Promise<void> }
  >()
  const tenMinutes = 10 * 60 * 1000
  return {
    issue(_actor: Actor, sink) {
      for (const [token, entry] of waiting) if (entry.until < clock()) waiting.delete(token)
      const token = randomBytes(32).toString('base64url')
      waiting.set(token, { until: clock() + tenMinutes, sink })
      return token
    },
    take(token) {
      const entry = waiting.get(token)
      waiting.delete(token)
      return entry && entry.until >= clock() ? entry.sink : undefined
    },
  }
}

async function takeUpload(
  uploads: UploadTokens,
  token: string,
  body: AsyncIterable<Uint8Array>,
  clock: () => number,
): Promise<Reply> {
  const opId = mintId(clock())
  const sink = uploads.take(token)
  if (!sink) return { ok: false, error: { code: 'NOT_FOUND', details: {}, opId } }
  try {
    await sink(body)
    return { ok: true, value: { done: true } }
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL'
    return { ok: false, error: { code, details: error instanceof AppError ? error.details : {}, opId } }
  }
}

function healthOf(
  dir: string,
  db: Connection,
  chainOk: boolean,
  markFound: boolean,
  clockQuality: string,
  warnings: readonly string[],
): Health {
  const free = freeBytes(dir)
  const size = statSync(databaseFile(dir)).size
  const warn = (bad: boolean) => (bad ? 'warning' : 'ok') as 'warning' | 'ok'
  const entries = Number(db.prepare('select coalesce(max(seq), 0) from audit_log').pluck().get())
  return {
    auditEntries: entries,
    commits: Number(db.prepare('select coalesce(max(pos), 0) from sync_commit').pluck().get()),
    checks: [
      { name: 'audit-chain', state: chainOk ? 'ok' : 'danger', value: entries },
      { name: 'watermark', state: markFound ? 'ok' : 'danger', value: null },
      { name: 'keychain', state: warn(warnings.includes('password-only')), value: null },
      { name: 'kit', state: warnings.includes('kit-pending') ? 'danger' : 'ok', value: null },
      // A backup or migration needs the database's size and more beside it (SECURITY 3.6).
      {
        name: 'disk-space',
        state: free < 64 * 2 ** 20 ? 'danger' : warn(free < 2.2 * size + 2 ** 30),
        value: free,
      },
      { name: 'clock', state: warn(clockQuality === 'suspect'), value: null },
      { name: 'database-size', state: 'ok', value: size },
    ],
  }
}

function freeBytes(dir: string): number {
  const stats = statfsSync(dir)
  return stats.bavail * stats.bsize
}
