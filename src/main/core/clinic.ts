// Builds an opened clinic by hand, top to bottom: connections, chains, engine, services, dispatcher.
import { createHmac, sign } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { uptime } from 'node:os'
import path from 'node:path'
import { defaultLimits, type SessionLimits } from '#shared/session-limits.ts'
import { type OpenClinic, type OpenClinicOptions, OpenProblem } from './clinic-types.ts'
import type { ClinicKeys } from './keys/types.ts'
import { createDowntimeFile } from './downtime/packet.ts'
import { createBackupWork } from './backup/work.ts'
import { createCatalogues } from './catalogue/catalogues.ts'
import { createCheckpointer } from './db/checkpoint.ts'
import { createReserve } from './db/reserve.ts'
import { createDownloads } from './download-tokens.ts'
import { type Connection, openConnection } from './db/connection.ts'
import {
  createDatabase,
  forgetOldGenerations,
  getMeta,
  migrateDatabase,
  schemaIsIntact,
  setMeta,
} from './db/migrate.ts'
import { createJobs } from './jobs/jobs.ts'
import type { ScheduledContext } from './jobs/scheduled.ts'
import { createScheduler } from './jobs/scheduler.ts'
import { createPdfMaker } from './pdf/pdf-maker.ts'
import { cupsPrinters } from './print/cups.ts'
import { noPrinters } from './print/print-port.ts'
import { unwrapKey, wrapKey } from './keys/wrap.ts'
import { isRelated } from './rpc/authorize.ts'
import { createDispatch, opResultDays } from './rpc/dispatch.ts'
import { buildRouter } from './rpc/router.ts'
import type { Services } from './rpc/services.ts'
import { createSessionStore } from './rpc/session.ts'
import { createAuditTrail, verifyAuditChain } from './store/audit.ts'
import { createCapture } from './store/capture.ts'
import { createHybridClock, hlcMillis } from './store/clock.ts'
import { decodeHeader, ed25519PrivateKey } from './store/commit.ts'
import { judgeAnchor, judgeMark, missingBy } from './store/anchor.ts'
import { createAnchorKeeper } from './store/anchor-keeper.ts'
import { createAuditDesk } from './store/audit-desk.ts'
import { createControlLog } from './store/control-log.ts'
import { deviceProof, isDeviceMissing } from './store/device-keys.ts'
import { exportLedger, isLedger, missingOrders, readLedger, writeLedger } from './store/erasure-ledger.ts'
import { createEngine, type Engine } from './store/engine.ts'
import { mintId } from './store/mint.ts'
import { createPurge, ledgerFile, type Purge } from './store/purge.ts'
import { lastChangedAt, rowHistory } from './store/row-history.ts'
import type { Reader } from './store/reader.ts'
import { createRowGuard } from './store/row-guard.ts'
import type { SyncedTable, TableDef } from './store/table-def.ts'
import { coreTables } from './store/tables.ts'
import { compareWithMark, verifyClinic } from './store/verify.ts'
import { openWatermark, readWatermark } from './store/watermark.ts'
import { createWriterFactory } from './store/writer.ts'
import { healthOf } from './db/health.ts'
import { supportFacts } from './db/support-facts.ts'
import { createTimeCheck } from './time/time-check.ts'
import { createUploads, takeUpload } from './upload-tokens.ts'

export const databaseFile = (dir: string) => path.join(dir, 'clinic.db')
export const reserveFile = (dir: string) => path.join(dir, 'reserve')
export const watermarkFile = (dir: string) => path.join(dir, 'watermark')

/** @throws OpenProblem with one of the bootstrap problems; nothing has been written then. */
export function openClinic(options: OpenClinicOptions): OpenClinic {
  const { dir, keys, clock, log } = options
  const file = databaseFile(dir)
  const tables = [...coreTables, ...options.modules.flatMap((m) => m.tables)]
  const schema = { migrations: options.migrations, tables }
  const mark = readWatermark(watermarkFile(dir), keys.watermarkMac)
  if (options.create) createDatabase(file, keys.database, schema)
  else if (!existsSync(file)) throw new OpenProblem('wrong-key-or-damaged')
  else {
    refuseLoss(file, keys, mark, options.anchor)
    if (migrateDatabase(file, keys.database, schema))
      log.info('database migrated', { count: schema.migrations.length })
  }

  const writeDb = openConnection(file, keys.database, 'write')
  const isMarkLost = mark === null && !options.create
  if (isMarkLost) setMeta(writeDb, watermarkLost, new Date(clock()).toISOString())
  const readDb = openConnection(file, keys.database, 'read')
  const monotonic = options.monotonic ?? (() => uptime() * 1000)
  const hybrid = createHybridClock(clock, monotonic, Math.max(mark?.at ?? 0, lastHlc(writeDb)))
  const capture = createCapture(writeDb, keys, tables, hybrid, schema.migrations.length)
  const trail = createAuditTrail(writeDb, keys, capture.writerNumber)
  const watermark = openWatermark(watermarkFile(dir), keys.watermarkMac)
  const checkpointer = createCheckpointer(writeDb, file)
  const anchors = createAnchorKeeper({
    place: options.anchor,
    key: keys.watermarkMac,
    head: () => trail.committed,
    clock,
    log,
  })
  const listeners = new Set<(tables: readonly string[]) => void>()
  const announce = (names: readonly string[]) => {
    for (const listener of listeners) listener(names)
  }
  let lockAll = () => {}
  let compareSoon = () => {}
  const reserve = createReserve(reserveFile(dir), options.reserveBytes ?? 0, clock, log)
  let damaged = false
  const engine = createEngine({
    writeDb,
    readDb,
    capture,
    trail,
    clock: hybrid,
    watermark,
    writers: createWriterFactory(writeDb, capture.writerNumber),
    announce,
    noteCommit: () => {
      checkpointer.noteCommit()
      anchors.note()
    },
    noteJump: (ms) => {
      // Whoever sets the clock back could revive what has ended: everybody shows once more who they are (SECURITY 1).
      if (ms < -mostBackMs) lockAll()
      compareSoon()
    },
    reserve,
    onDamage: () => {
      damaged = true
    },
  })
  engine.forgetResultsBefore(new Date(clock() - opResultDays * 86_400_000).toISOString())
  if (isMarkLost) noteLostWatermark(engine, clock)
  const control = createControlLog(writeDb, keys)
  if (isDeviceMissing(writeDb, keys)) noteDevice(engine, clock, control, keys)
  const audit = createAuditDesk({
    writeDb,
    readDb,
    keys,
    trail,
    anchor: options.anchor?.found ?? null,
    hasAnchor: options.anchor !== undefined,
    mark: () => readWatermark(watermarkFile(dir), keys.watermarkMac),
  })
  const limits = limitsOf(options.modules, engine.writeReader, listeners)
  const sessions = createSessionStore(clock, limits)
  lockAll = () => {
    for (const session of sessions.list()) sessions.lock(session)
  }
  const jobs = createJobs(engine, clock, log)
  const uploads = createUploads(clock, sessions)
  const catalogues = createCatalogues({
    places: options.catalogues,
    dir,
    known: options.modules.flatMap((m) => m.catalogues ?? []),
    log,
    announce,
  })
  const downloads = createDownloads(clock, sessions)
  const makePdf = createPdfMaker(options.spawnIsolated)
  const synced = new Map(tables.filter((t): t is SyncedTable => t.kind === 'synced').map((t) => [t.name, t]))
  const syncedNamed = (name: string): SyncedTable => {
    const table = synced.get(name)
    if (!table) throw new Error(`${name} is not a synced table`)
    return table
  }
  const downtime = createDowntimeFile(dir, keys)
  const purge = createPurge({
    db: writeDb,
    file,
    tables,
    appendControl: control,
    hooks: options.modules.flatMap((m) => (m.erase ? [m.erase] : [])),
    settled() {
      writeLedger(ledgerFile(dir), exportLedger(writeDb))
      // Whoever was erased may stand in the copy of the day: it is written anew by the next run.
      downtime.remove()
    },
  })
  purge.settle()
  replayErasures(engine, purge, { dir, db: writeDb, keys, tables, clock, log })
  const relations = options.modules.flatMap((m) => m.relations ?? [])
  const useRules = options.modules.flatMap((m) => (m.mayUse ? [m.mayUse] : []))
  const waivers = new Map(options.modules.flatMap((m) => Object.entries(m.fourEyesWaivers ?? {})))
  const guard = createRowGuard({
    db: writeDb,
    file,
    keys,
    tables: [...synced.values()],
    log,
  })
  const time = createTimeCheck({
    wall: clock,
    monotonic,
    compared: (aheadMs) => hybrid.compared(aheadMs),
    systemServers: options.systemTimeServers ?? (() => []),
  })
  const health = () =>
    healthOf(
      file,
      writeDb,
      verifyAuditChain(writeDb, keys, Math.max(1, trail.committed.seq - quickCheckEntries)).ok,
      getMeta(writeDb, watermarkLost) === null,
      { ...time.facts(), quality: hybrid.quality() },
      options.slots.warnings(),
      keyAgeDays(),
      scheduler.states(),
      guard.faults() + (damaged ? 1 : 0),
      reserve.state(),
      checks.flatMap((check) => check(engine.writeReader, clock())),
    )
  const services: Services = {
    clock,
    sessions,
    passwords: options.passwords,
    slots: options.slots,
    keyWork: options.keyWork,
    restoring: options.restoring,
    jobs,
    spawnIsolated: options.spawnIsolated,
    uploads,
    catalogues,
    downloads,
    makePdf,
    backups: createBackupWork(dir, keys, options.backupWork),
    downtime,
    printing: options.printing ?? (process.platform === 'win32' ? noPrinters : cupsPrinters()),
    openExternal: options.openExternal ?? null,
    health,
    time,
    supportFacts: (now) => supportFacts({ db: readDb, file, tables, log, health: health() }, now),
    audit,
    appendControl: (ctx, entry) => void control(ctx.now, entry),
    mayUse: (read, patientId, role) => useRules.every((rule) => rule(read, patientId, role)),
    patientTables: [...synced.values()].filter((t) => Object.hasOwn(t.columns, 'patient_id')),
    purge: (ctx, request) => purge.erase(ctx, request),
    signAsDevice: (bytes) => sign(null, bytes, ed25519PrivateKey(keys.device.privateKey)),
    devicePublicKey: keys.device.publicKey,
    rowHistory: (read, name, id) => rowHistory(read, syncedNamed(name), id),
    lastChangedAt: (read, name, id) => lastChangedAt(read, syncedNamed(name), id),
    sealSecret: (label, plain) => {
      const { nonce, wrapped } = wrapKey(keys.totpSeeds, plain, label)
      return Buffer.concat([nonce, wrapped])
    },
    openSecret: (label, sealed) =>
      unwrapKey(
        keys.totpSeeds,
        { nonce: Buffer.from(sealed.subarray(0, 12)), wrapped: Buffer.from(sealed.subarray(12)) },
        label,
      ),
    keyedDigest: (label, text) => createHmac('sha256', keys.pepper).update(`${label}\0${text}`).digest(),
    isFourEyesWaived: (read, procedure, input) => waivers.get(procedure)?.(read, input) ?? false,
    relationsOf: (read, actor, patientId, now) =>
      relations.filter((r) => r.isRelated(read, actor.userId, patientId, now, actor.role)).map((r) => r.name),
    isRelated: (read, actor, patientId, now) => isRelated(relations, read, actor, patientId, now),
    forgetOldGenerations: () => forgetOldGenerations(file),
    records: guard,
    log,
    announce,
  }
  const implementations = options.modules.flatMap((m) => [...m.implementations(services)])
  const scheduled = options.modules.flatMap((m) => m.schedule?.(services) ?? [])
  const checks = options.modules.flatMap((m) => m.checks?.(services) ?? [])
  const lastActs = options.atClose ? options.modules.flatMap((m) => m.atClose?.(services) ?? []) : []
  const scheduler = createScheduler(scheduled, engine, clock, log)
  compareSoon = () => scheduler.clockWasSet()
  const stopTicking = options.ticker?.(() => {
    scheduler.runDue().catch((error: unknown) => log.error('jobs could not be started', { error }))
  })
  const dispatch = createDispatch({
    procedures: buildRouter(implementations),
    engine,
    sessions,
    relations,
    useRules,
    gates: options.modules.flatMap((m) => m.gates?.(services) ?? []),
    guard,
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
    runDueJobs: () => scheduler.runDue(),
    upload: (token, body) => takeUpload(uploads, token, body, clock),
    download: (token, caller) => (closed ? undefined : downloads.take(token, caller)),
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    warmCatalogues: () => catalogues.warm(),
    fillReserve: () => reserve.fill(),
    verify: () =>
      verifyClinic(writeDb, keys, readWatermark(watermarkFile(dir), keys.watermarkMac), [...synced.values()]),
    async close() {
      if (closed) return
      closed = true
      stopTicking?.()
      await jobs.stop()
      await catalogues.close()
      await scheduler.stop().catch((error: unknown) => log.error('jobs did not stop cleanly', { error }))
      for (const act of lastActs) {
        await act(lastContext()).catch((error: unknown) => log.error('a last act failed', { error }))
      }
      makePdf.stop()
      for (const session of sessions.list()) sessions.end(session)
      checkpointer.stop()
      await reserve.stop()
      try {
        engine.transact(
          { actor: null, door: 'job', opId: mintId(clock()) },
          'clinic.close',
          (ctx) => trailCheckpoint(ctx.nowMs, ctx.now),
          () => ({ action: 'clinic.close', category: 'system' }),
        )
        writeDb.pragma('wal_checkpoint(TRUNCATE)')
      } catch (error) {
        // A disk that fails at the end must not keep files and keys open.
        log.error('the clinic was closed without its last entry', { error })
      } finally {
        await anchors.close()
        // The last to close works the log off. After a failed write that is for the next opening to do, not for us.
        if (engine.stopped() === null) readDb.close()
        writeDb.close()
        if (readDb.open) readDb.close()
        watermark.close()
      }
    },
  }

  function lastContext(): ScheduledContext {
    return {
      signal: new AbortController().signal,
      now: clock,
      read: (run) => engine.snapshot(run),
      transact: (act, run) =>
        engine.transact({ actor: null, door: 'job', opId: mintId(clock()) }, act.action, run, () => act),
    }
  }

  function keyAgeDays(): number {
    const first: unknown = writeDb.prepare('select at from audit_log order by seq limit 1').pluck().get()
    const since = options.keyWork.facts().generationSince ?? (typeof first === 'string' ? first : null)
    return since === null ? 0 : Math.max(0, Math.floor((clock() - Date.parse(since)) / 86_400_000))
  }

  function trailCheckpoint(nowMs: number, now: string): void {
    trail.checkpoint(nowMs, now, true)
  }
}

/** Asked at every call, so the answer is kept until a commit changes it. */
function limitsOf(
  modules: OpenClinicOptions['modules'],
  read: Reader,
  listeners: Set<(tables: readonly string[]) => void>,
): () => SessionLimits {
  const source = modules.find((m) => m.sessionLimits)?.sessionLimits
  if (!source) return () => defaultLimits
  let known: SessionLimits | undefined
  listeners.add((tables) => {
    if (tables.some((table) => source.reads.includes(table))) known = undefined
  })
  return () => (known ??= source.read(read))
}

/** The health page checks the newest entries in a few milliseconds; `verify` checks all. */
const quickCheckEntries = 500

/** A database that knows less than the watermark has lost saves; one whose schema changed by itself was tampered with. */
function refuseLoss(
  file: string,
  keys: ClinicKeys,
  mark: ReturnType<typeof readWatermark>,
  anchor: OpenClinicOptions['anchor'],
): void {
  // A reading connection: closing a writing one would work the WAL off, and with it the evidence.
  const beside = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name))
  const db = openConnection(file, keys.database, 'read')
  try {
    if (mark) {
      const compared = compareWithMark(db, mark)
      if (!compared.ok) throw new OpenProblem('watermark-ahead', compared.missingSaves)
    }
    const verdicts = [judgeMark(db, mark), judgeAnchor(db, keys.watermarkMac, anchor?.found ?? null)]
    const missing = missingBy(verdicts)
    if (missing > 0) throw new OpenProblem('watermark-ahead', missing)
    if (!schemaIsIntact(db)) throw new OpenProblem('schema-changed')
  } finally {
    db.close()
    // A reading connection makes these but may not take them away.
    for (const name of beside) rmSync(name, { force: true })
  }
}

/** Without its mark an older database cannot be told from the newest: the clinic opens, the lamp stays red (AUD-05). */
const watermarkLost = 'watermark_lost_at'

/** How far a clock may be set back before everybody has to prove who they are (SECURITY 1, clock tampering). */
const mostBackMs = 5 * 60_000

/** After a restored file this device writes under a new name: the control log says so, or its signatures count for nothing. */
function noteDevice(
  engine: Engine,
  clock: () => number,
  control: ReturnType<typeof createControlLog>,
  keys: ClinicKeys,
): void {
  const { writer, publicKey } = keys.device
  engine.transact(
    { actor: null, door: 'job', opId: mintId(clock()) },
    'device.enter',
    (ctx) =>
      control(ctx.now, {
        kind: 'device.add',
        writer,
        signKey: publicKey,
        admin: false,
        proof: deviceProof(keys, writer, publicKey),
      }),
    () => ({ action: 'device.enter', category: 'configuration' }),
  )
}

function noteLostWatermark(engine: Engine, clock: () => number): void {
  const who = { actor: null, door: 'job' as const, opId: mintId(clock()) }
  engine.auditOnly(who, { action: 'watermark.missing', category: 'system', outcome: 'failed' })
}

interface LedgerPlace {
  readonly dir: string
  readonly db: Connection
  readonly keys: OpenClinicOptions['keys']
  readonly tables: readonly TableDef[]
  readonly clock: () => number
  readonly log: OpenClinicOptions['log']
}

/** Whoever was erased since this file was written is erased from it again, before anybody can look (BAK-07). */
function replayErasures(
  engine: Engine,
  purge: Purge,
  { dir, db, keys, tables, clock, log }: LedgerPlace,
): void {
  const ledger = readLedger(ledgerFile(dir))
  if (ledger === null) return
  if (!isLedger(ledger)) {
    // The database carries the same orders: the file is written anew from them.
    log.warn('the ledger of erasures could not be read and is made anew')
    const who = { actor: null, door: 'job' as const, opId: mintId(clock()) }
    engine.auditOnly(who, { action: 'erasure.ledger-damaged', category: 'system', outcome: 'failed' })
    writeLedger(ledgerFile(dir), exportLedger(db))
    return
  }
  const { orders, refused } = missingOrders(db, keys, ledger)
  if (refused > 0) log.warn('orders of erasure that nobody here has signed', { count: refused })
  const nameOf = new Map(tables.flatMap((t) => (t.kind === 'synced' ? [[t.tableId, t.name] as const] : [])))
  for (const order of orders) {
    const who = { actor: null, door: 'job' as const, opId: mintId(clock()) }
    const rows = order.rows.flatMap(([tableId, id]) => {
      const table = nameOf.get(tableId)
      return table === undefined ? [] : [{ table, id }]
    })
    engine.transact(
      who,
      'erasure.replay',
      (ctx) =>
        purge.erase(ctx, {
          order: ctx.mint(),
          replays: order.replays ?? order.order,
          patientId: order.patient,
          whole: order.whole,
          rows,
        }),
      ({ rows: erased }) => ({
        action: 'erasure.replay',
        category: 'system',
        detail: `${order.order}: ${erased} rows`,
      }),
    )
  }
}

function lastHlc(db: Connection): number {
  const header = db.prepare('select header from sync_commit order by pos desc limit 1').pluck().get()
  return header instanceof Uint8Array ? hlcMillis(decodeHeader(header).hlc) : 0
}
