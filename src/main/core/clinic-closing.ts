// Closing an opened clinic in the only order that loses nothing: work first, then sessions, the last entry, the files.
import type { CatalogueKeeper } from './catalogue/catalogues.ts'
import type { Checkpointer } from './db/checkpoint.ts'
import type { Connection } from './db/connection.ts'
import type { Reserve } from './db/reserve.ts'
import type { createJobs } from './jobs/jobs.ts'
import type { ScheduledContext } from './jobs/scheduled.ts'
import type { Scheduler } from './jobs/scheduler.ts'
import type { Logger } from './log/logger.ts'
import type { createPdfMaker } from './pdf/pdf-maker.ts'
import type { Clock } from './rpc/services.ts'
import type { SessionStore } from './rpc/session.ts'
import type { AnchorKeeper } from './store/anchor-keeper.ts'
import type { AuditTrail } from './store/audit.ts'
import type { Engine } from './store/engine.ts'
import { mintId } from './store/mint.ts'
import type { WatermarkFile } from './store/watermark.ts'

interface ClosingParts {
  /** What modules do once jobs have stopped and while rows can still be written. */
  readonly lastActs: readonly ((ctx: ScheduledContext) => Promise<void>)[]
  readonly stopTicking: (() => void) | undefined
  readonly jobs: ReturnType<typeof createJobs>
  readonly catalogues: CatalogueKeeper
  readonly scheduler: Scheduler
  readonly makePdf: ReturnType<typeof createPdfMaker>
  readonly sessions: SessionStore
  readonly checkpointer: Checkpointer
  readonly reserve: Reserve
  readonly engine: Engine
  readonly trail: AuditTrail
  readonly anchors: AnchorKeeper
  readonly watermark: WatermarkFile
  readonly readDb: Connection
  readonly writeDb: Connection
  readonly clock: Clock
  readonly log: Logger
}

export async function closeClinic(parts: ClosingParts): Promise<void> {
  const { jobs, catalogues, scheduler, sessions, engine, trail, readDb, writeDb, clock, log } = parts
  parts.stopTicking?.()
  await jobs.stop()
  await catalogues.close()
  await scheduler.stop().catch((error: unknown) => log.error('jobs did not stop cleanly', { error }))
  for (const act of parts.lastActs) {
    await act(lastContext(parts)).catch((error: unknown) => log.error('a last act failed', { error }))
  }
  parts.makePdf.stop()
  for (const session of sessions.list()) sessions.end(session)
  parts.checkpointer.stop()
  await parts.reserve.stop()
  try {
    engine.transact(
      { actor: null, door: 'job', opId: mintId(clock()) },
      'clinic.close',
      (ctx) => trail.checkpoint(ctx.nowMs, ctx.now, true),
      () => ({ action: 'clinic.close', category: 'system' }),
    )
    writeDb.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    // A disk that fails at the end must not keep files and keys open.
    log.error('the clinic was closed without its last entry', { error })
  } finally {
    await parts.anchors.close()
    // The last to close works the log off. After a failed write that is for the next opening to do, not for us.
    if (engine.stopped() === null) readDb.close()
    writeDb.close()
    if (readDb.open) readDb.close()
    parts.watermark.close()
  }
}

function lastContext({ engine, clock }: ClosingParts): ScheduledContext {
  return {
    signal: new AbortController().signal,
    now: clock,
    read: (run) => engine.snapshot(run),
    transact: (act, run) =>
      engine.transact({ actor: null, door: 'job', opId: mintId(clock()) }, act.action, run, () => act),
  }
}
