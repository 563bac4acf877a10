// Builds an opened clinic by hand, top to bottom: connections, chains, engine, services, dispatcher.
import { existsSync } from 'node:fs'
import { uptime } from 'node:os'
import path from 'node:path'
import { closeClinic } from './clinic-closing.ts'
import { type OpenClinic, type OpenClinicOptions, OpenProblem } from './clinic-types.ts'
import { createDowntimeFile } from './downtime/packet.ts'
import { createBackupWork } from './backup/work.ts'
import { createCatalogues } from './catalogue/catalogues.ts'
import { createCheckpointer } from './db/checkpoint.ts'
import { createReserve } from './db/reserve.ts'
import { createDownloads } from './download-tokens.ts'
import { openConnection } from './db/connection.ts'
import { createDatabase, forgetOldGenerations, getMeta, migrateDatabase, setMeta } from './db/migrate.ts'
import { createJobs } from './jobs/jobs.ts'
import { createScheduler } from './jobs/scheduler.ts'
import { createPdfMaker } from './pdf/pdf-maker.ts'
import { cupsPrinters } from './print/cups.ts'
import { noPrinters } from './print/print-port.ts'
import { secretWork } from './keys/secret-work.ts'
import { moduleRules } from './rpc/module-rules.ts'
import { createDispatch } from './rpc/dispatch.ts'
import { limitsOf } from './rpc/known-limits.ts'
import { opResultDays } from './rpc/repeats.ts'
import { buildRouter } from './rpc/router.ts'
import type { Services } from './rpc/services.ts'
import { createSessionStore } from './rpc/session.ts'
import { createAuditTrail, verifyAuditChain } from './store/audit.ts'
import { createCapture } from './store/capture.ts'
import { createHybridClock } from './store/clock.ts'
import { createAnchorKeeper } from './store/anchor-keeper.ts'
import { createAuditDesk } from './store/audit-desk.ts'
import { createControlLog } from './store/control-log.ts'
import { isDeviceMissing } from './store/device-keys.ts'
import { createEngine } from './store/engine.ts'
import { mintId } from './store/mint.ts'
import { rowHistories } from './store/row-history.ts'
import { lastHlc, noteDevice, noteLostWatermark, refuseLoss, watermarkLost } from './store/opening-checks.ts'
import { openPurge } from './store/open-purge.ts'
import { createRowGuard } from './store/row-guard.ts'
import type { SyncedTable } from './store/table-def.ts'
import { coreTables } from './store/tables.ts'
import { verifyClinic } from './store/verify.ts'
import { openWatermark, readWatermark } from './store/watermark.ts'
import { createWriterFactory } from './store/writer.ts'
import { healthOf, keyAgeDays } from './db/health.ts'
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
  const synced = tables.filter((t): t is SyncedTable => t.kind === 'synced')
  const downtime = createDowntimeFile(dir, keys)
  const purge = openPurge({
    engine,
    db: writeDb,
    dir,
    file,
    keys,
    tables,
    control,
    hooks: options.modules.flatMap((m) => (m.erase ? [m.erase] : [])),
    // Whoever was erased may stand in the copy of the day: it is written anew by the next run.
    erased: () => downtime.remove(),
    clock,
    log,
  })
  const rules = moduleRules(options.modules)
  const guard = createRowGuard({
    db: writeDb,
    file,
    keys,
    tables: synced,
    log,
  })
  const time = createTimeCheck({
    wall: clock,
    monotonic,
    compared: (aheadMs) => hybrid.compared(aheadMs),
    systemServers: options.systemTimeServers ?? (() => []),
  })
  const health = () =>
    healthOf({
      file,
      db: writeDb,
      chainOk: verifyAuditChain(writeDb, keys, Math.max(1, trail.committed.seq - quickCheckEntries)).ok,
      markFound: getMeta(writeDb, watermarkLost) === null,
      time: { ...time.facts(), quality: hybrid.quality() },
      warnings: options.slots.warnings(),
      keyAgeDays: keyAgeDays(writeDb, options.keyWork.facts().generationSince, clock()),
      jobs: scheduler.states(),
      rowFaults: guard.faults() + (damaged ? 1 : 0),
      reserve: reserve.state(),
      more: checks.flatMap((check) => check(engine.writeReader, clock())),
    })
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
    patientTables: synced.filter((t) => Object.hasOwn(t.columns, 'patient_id')),
    purge: (ctx, request) => purge.erase(ctx, request),
    ...secretWork(keys),
    ...rowHistories(synced),
    ...rules.services,
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
    relations: rules.relations,
    useRules: rules.useRules,
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
    verify: () => verifyClinic(writeDb, keys, readWatermark(watermarkFile(dir), keys.watermarkMac), synced),
    async close() {
      if (closed) return
      closed = true
      await closeClinic({
        lastActs,
        stopTicking,
        jobs,
        catalogues,
        scheduler,
        makePdf,
        sessions,
        checkpointer,
        reserve,
        engine,
        trail,
        anchors,
        watermark,
        readDb,
        writeDb,
        clock,
        log,
      })
    },
  }
}

/** The health page checks the newest entries in a few milliseconds; `verify` checks all. */
const quickCheckEntries = 500

/** How far a clock may be set back before everybody has to prove who they are (SECURITY 1, clock tampering). */
const mostBackMs = 5 * 60_000
