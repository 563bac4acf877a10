// One transaction, whole: capture context, work, seal, audit, commit, watermark, announcement. Nothing else commits.
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../db/connection.ts'
import type { Reserve } from '../db/reserve.ts'
import type { AuditedAct } from '../clinic-types.ts'
import type { Actor, CommandContext, Door } from '../rpc/context.ts'
import type { Session } from '../rpc/session.ts'
import type { Scope } from '#shared/permissions.ts'
import { type AuditEntry, type AuditTrail, forgetPending } from './audit.ts'
import { diskTrouble, fileTrouble } from './disk-trouble.ts'
import type { Capture, CaptureRun } from './capture.ts'
import type { ClockQuality, HybridClock } from './clock.ts'
import { mintId } from './mint.ts'
import { createReader, type Reader } from './reader.ts'
import type { WatermarkFile } from './watermark.ts'
import type { WriterFactory } from './writer.ts'

export interface Who {
  readonly actor: Actor | null
  readonly door: Door
  readonly opId: string
  readonly scope?: Scope | undefined
  readonly session?: Session | undefined
}

/** What the audit entry of a transaction says; decided after the work, so that it can speak of the result. */
export interface ActReport extends AuditedAct {
  readonly outcome?: 'ok' | 'refused' | 'failed'
  readonly code?: string | null
  /** Journalling: leave no entry. */
  readonly quiet?: boolean
}

export interface Engine {
  transact<T>(who: Who, action: string, run: (ctx: CommandContext) => T, report: (value: T) => ActReport): T
  /** A small transaction that only writes an audit entry: views, refusals, failures. */
  auditOnly(who: Who, report: ActReport): void
  /** Forgets first results of acts older than the given instant. */
  forgetResultsBefore(at: string): void
  /** One consistent snapshot on the read-only connection. */
  snapshot<T>(run: (read: Reader) => T): T
  readonly writeReader: Reader
  readonly clockQuality: () => ClockQuality
  /** After a failed write or sync: what the disk said. Nothing is written any more then. */
  readonly stopped: () => string | null
}

export interface EngineParts {
  readonly writeDb: Connection
  readonly readDb: Connection
  readonly capture: Capture
  readonly trail: AuditTrail
  readonly clock: HybridClock
  readonly watermark: WatermarkFile
  readonly writers: WriterFactory
  readonly announce: (tables: readonly string[]) => void
  readonly noteCommit: () => void
  /** The clock was found set by so many ms; it stands in the trail by now. */
  readonly noteJump?: (ms: number) => void
  readonly reserve: Pick<Reserve, 'isShort' | 'giveUp'>
  /** A page of the database could not be read. */
  readonly onDamage: () => void
}

export function createEngine(parts: EngineParts): Engine {
  const { writeDb, readDb, capture, trail, clock, watermark, writers } = parts
  const begin = writeDb.prepare('begin immediate')
  const commit = writeDb.prepare('commit')
  const openContext = writeDb.prepare(`insert into sync_ctx (one, mode) values (1, 'local')`)
  const closeContext = writeDb.prepare('delete from sync_ctx')
  const beginRead = readDb.prepare('begin')
  const endRead = readDb.prepare('commit')
  const writeReader = createReader(writeDb)
  const reader = createReader(readDb)
  let open = false

  const rollback = () => {
    if (writeDb.inTransaction) writeDb.exec('rollback')
    forgetPending(trail)
    open = false
  }

  /** After a failed write to the disk nothing more is written: only reopening tells what is really there (REL-03). */
  let stopped: string | null = null
  const refuseWhenStopped = () => {
    if (stopped !== null) throw new AppError('UNAVAILABLE', { storage: stopped })
  }
  /** What the reserve is for comes through on a full disk; everything else would only eat it up. */
  const refuseWhenFull = (action: string) => {
    if (!isUrgent.test(action) && parts.reserve.isShort())
      throw new AppError('UNAVAILABLE', { storage: 'SQLITE_FULL' })
  }
  /** A page that does not decrypt is not served (DB-04); whoever looks after the clinic is to hear of it. */
  const noted = (error: unknown): unknown => {
    const trouble = diskTrouble(error)
    if (trouble instanceof AppError && isDamage.test(String(trouble.details.storage))) parts.onDamage()
    return trouble
  }
  const stopAfter = (error: unknown): unknown => {
    const trouble = noted(error)
    const storage = trouble instanceof AppError ? String(trouble.details.storage) : ''
    if (/^(SQLITE_FULL|ENOSPC)$/.test(storage)) parts.reserve.giveUp()
    if (/^(SQLITE_IOERR|E[A-Z]+$)/.test(storage)) stopped = storage
    return trouble
  }

  const mark = (durable: boolean) => {
    try {
      writeMark(durable)
    } catch (error) {
      throw stopAfter(fileTrouble(error))
    }
  }

  const writeMark = (durable: boolean) =>
    watermark.write(
      {
        auditSeq: trail.committed.seq,
        auditMac: trail.committed.mac,
        commitSeq: capture.committed.seq,
        commitHash: capture.committed.hash,
        at: clock.now(),
      },
      durable,
    )

  const append = (
    who: Who,
    at: string,
    quality: string,
    act: ActReport,
    sealed: ReturnType<CaptureRun['finish']>,
  ) => {
    const moved = clock.jump()
    if (moved !== 0) trail.append(jumpEntry(moved, at, quality, who))
    return trail.append({
      at,
      clock: quality,
      userId: who.actor?.userId ?? null,
      role: who.actor?.role ?? null,
      sessionId: who.actor?.sessionId ?? null,
      door: who.door,
      action: act.action,
      category: act.category,
      patients: act.patients ?? [],
      outcome: act.outcome ?? 'ok',
      code: act.code ?? null,
      opId: who.opId,
      detail: act.detail ?? null,
      commits: sealed
        ? sealed.first === sealed.last
          ? `${sealed.first}`
          : `${sealed.first}-${sealed.last}`
        : null,
      hashes: sealed?.hashes ?? [],
    })
  }
  /** After COMMIT: a rolled-back entry is written again with the next act. */
  const tellJump = () => {
    const moved = clock.jump()
    if (moved === 0) return
    clock.jumpTold()
    parts.noteJump?.(moved)
  }

  const transact: Engine['transact'] = (who, action, run, report) => {
    if (open) throw new Error('a transaction is open already')
    refuseWhenStopped()
    refuseWhenFull(action)
    const touched = new Set<string>()
    const after: (() => void)[] = []
    let value: ReturnType<typeof run>
    try {
      open = true
      begin.run()
      openContext.run()
      const info = {
        userId: who.actor?.userId ?? null,
        sessionId: who.actor?.sessionId ?? null,
        role: who.actor?.role ?? null,
        action,
        opId: who.opId,
      }
      const captured = capture.begin(info)
      const nowMs = captured.stamp.wall
      const now = new Date(nowMs).toISOString()
      const mint = (atMs?: number) => mintId(nowMs, atMs)
      const write = writers.create(captured, now, mint, touched)
      value = run({
        read: writeReader,
        write,
        writerNumber: capture.writerNumber,
        actor: who.actor as Actor,
        scope: who.scope,
        door: who.door,
        nowMs,
        now,
        clockQuality: captured.stamp.quality,
        opId: who.opId,
        session: who.session,
        mint,
        afterCommit: (task) => after.push(task),
        setSession: () => undefined,
      })
      const act = report(value)
      const sealed = captured.finish()
      const quiet = act.quiet === true && sealed === null
      const head = quiet ? null : append(who, now, captured.stamp.quality, act, sealed)
      if (head) trail.checkpoint(nowMs, now)
      closeContext.run()
      commit.run()
      if (head) trail.accept(head)
      if (head) tellJump()
      capture.accept(captured)
    } catch (error) {
      rollback()
      throw stopAfter(error)
    }
    open = false
    try {
      mark(true)
    } finally {
      // The rows are committed whatever became of the mark: a lock that was decided must lock.
      parts.noteCommit()
      if (touched.size > 0) parts.announce([...touched])
      for (const task of after) task()
    }
    return value
  }

  const auditOnly: Engine['auditOnly'] = (who, act) => {
    refuseWhenStopped()
    try {
      begin.run()
      const nowMs = clock.now()
      const now = new Date(nowMs).toISOString()
      const head = append(who, now, clock.quality(), act, null)
      trail.checkpoint(nowMs, now)
      commit.run()
      trail.accept(head)
      tellJump()
    } catch (error) {
      rollback()
      throw stopAfter(error)
    }
    // Losing this mark in a power cut loses no save: the database is then merely ahead of it.
    mark(false)
    parts.noteCommit()
  }

  return {
    transact,
    auditOnly,
    writeReader,
    clockQuality: () => clock.quality(),
    stopped: () => stopped,
    forgetResultsBefore(at) {
      writeDb.prepare('delete from op_result where at < ?').run(at)
    },
    snapshot(run) {
      beginRead.run()
      let value: ReturnType<typeof run>
      try {
        value = run(reader)
      } catch (error) {
        endFailed(readDb)
        throw noted(error)
      }
      endRead.run()
      return value
    },
  }
}

/** The clock was set: an entry of its own, so that times beside it can be judged (AUD-07). Order comes from the number. */
function jumpEntry(moved: number, at: string, quality: string, who: Who): AuditEntry {
  return {
    at,
    clock: quality,
    userId: null,
    role: null,
    sessionId: null,
    door: 'job',
    action: 'clock.jump',
    category: 'system',
    patients: [],
    outcome: 'ok',
    code: null,
    opId: who.opId,
    detail: `by ${Math.round(moved / 1000)} s`,
    commits: null,
    hashes: [],
  }
}

const isDamage = /^SQLITE_(CORRUPT|NOTADB)/

/** On a damaged page ending the snapshot fails as well; what failed first is what is told. */
function endFailed(db: Connection): void {
  try {
    if (db.inTransaction) db.exec('rollback')
  } catch {
    // SQLite has ended it by itself.
  }
}

/** Locking, signing in and closing. */
const isUrgent = /^(session\.|clinic\.close$)/
