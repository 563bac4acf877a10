// Sealing backups of former kits anew (SECURITY 3.3), one after the other: fetched back, sealed, proven, put beside the old
// file, read back, and only then the old file goes. Cut short at any moment, a place has the old file, or both. Where nothing
// may be deleted nothing is written either: those backups go on to need the kit of their day.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { BackupRefused } from '#core/backup/types.ts'
import { codeOfFailure } from '#core/backup/work.ts'
import { fileNameOf, TargetProblem } from '#core/backup/targets.ts'
import type { Services } from '#core/rpc/services.ts'
import { mintId } from '#core/store/mint.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import { homeTarget, type Overview } from '../shared/contract.ts'
import { type Place, placesOf } from './places.ts'
import * as q from './queries.ts'
import { bookkeeping, copyTo, type RunContext, type Running } from './run.ts'
import { backupCopy, backupMade } from './tables.ts'

type MadeRow = RowOf<typeof backupMade>
type Work = Pick<Services, 'backups' | 'keyWork'>

export interface ResealResult {
  readonly done: number
  readonly failed: number
  readonly locked: number
  readonly problem: string | null
}

interface Found {
  readonly row: MadeRow
  /** Where it lies and may be replaced. */
  readonly places: readonly Place[]
}

/** Backups that the present kit does not open: what can be sealed anew, and what lies only where nothing is deleted. */
function foundOf(services: Work, read: Reader, kit: string): { here: Found[]; locked: MadeRow[] } {
  const places = new Map(placesOf(services, read).map((place) => [place.id, place]))
  const byId = new Map<string, { row: MadeRow; places: Place[] }>()
  for (const { target_id: target, ...row } of read.all(q.goodOfOtherKit, { kit })) {
    const place = places.get(target)
    // A place that is no longer used is nobody's to change.
    if (!place) continue
    const found = byId.get(row.id) ?? { row, places: [] }
    byId.set(row.id, found)
    if (!place.neverDelete) found.places.push(place)
  }
  const all = [...byId.values()]
  return {
    here: all.filter((found) => found.places.length > 0),
    locked: all.filter((found) => found.places.length === 0).map((found) => found.row),
  }
}

export function otherKitOf(services: Work, read: Reader): Overview['otherKit'] {
  const kit = services.keyWork.kit.current()?.id
  if (!kit) return null
  const { here, locked } = foundOf(services, read, kit)
  const kits = [...here.map((found) => found.row), ...locked].flatMap((row) => row.kit_id ?? [])
  return { here: here.length, locked: locked.length, kits: [...new Set(kits)] }
}

export async function resealBackups(
  services: Services,
  ctx: RunContext,
  tell: (running: Running) => void,
): Promise<ResealResult> {
  const kit = services.keyWork.kit.current()?.id
  if (!kit) return { done: 0, failed: 0, locked: 0, problem: 'wrong-kit' }
  await clearUnfinished(services, ctx)
  const { here } = ctx.read((read) => foundOf(services, read, kit))
  let done = 0
  const problems: string[] = []
  for (const [n, found] of here.entries()) {
    if (ctx.signal.aborted) break
    tell({ step: 'reseal', done: n, total: here.length })
    const problem = await resealOne(services, ctx, kit, found)
    if (ctx.signal.aborted) break
    if (problem === null) done += 1
    else problems.push(problem)
  }
  const { locked } = ctx.read((read) => foundOf(services, read, kit))
  const result = { done, failed: problems.length, locked: locked.length, problem: problems[0] ?? null }
  ctx.transact(
    {
      action: 'backup.resealed',
      category: 'system',
      detail: `kit=${kit} done=${done} failed=${result.failed} locked=${result.locked}`,
    },
    () => {},
  )
  return result
}

async function resealOne(
  services: Services,
  ctx: RunContext,
  kit: string,
  { row, places }: Found,
): Promise<string | null> {
  const { backups } = services
  try {
    const left: Place[] = []
    for (const place of places) {
      if (hasSame(ctx, kit, row, place)) await retire(ctx, row, place)
      else left.push(place)
    }
    if (left.length === 0) return null
    const fresh = await freshFile(services, ctx, kit, row, left)
    let problem: string | null = null
    for (const place of left) {
      if (ctx.signal.aborted) return null
      note(ctx, fresh.id, place.id, 'failed', 'interrupted')
      const failed = await copyTo(place, fresh, null, ctx.signal)
      if (failed !== null) {
        problem = failed
        if (!ctx.signal.aborted) note(ctx, fresh.id, place.id, 'failed', failed)
        continue
      }
      note(ctx, fresh.id, place.id, 'good', null)
      await retire(ctx, row, place)
    }
    return problem
  } catch (error) {
    if (ctx.signal.aborted) return null
    const problem = codeOfFailure(error)
    if (problem === 'internal') services.log.error('a backup could not be sealed anew', { error })
    return problem
  } finally {
    backups.clearWork()
  }
}

/** A former run came as far as this: the new file was read back, and the old one is still there. */
const hasSame = (ctx: RunContext, kit: string, { at }: MadeRow, place: Place): boolean =>
  ctx.read((read) =>
    read
      .all(q.sameOfKit, { at, kit })
      .some((same) =>
        read
          .all(q.copiesOf, { backup: same.id })
          .some((copy) => copy.target_id === place.id && copy.state === 'good'),
      ),
  )

async function retire(ctx: RunContext, row: MadeRow, place: Place): Promise<void> {
  const target = await place.open()
  await target.remove(row.name)
  note(ctx, row.id, place.id, 'replaced', null)
}

interface Fresh {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly sha256: string
}

async function freshFile(
  { backups }: Services,
  ctx: RunContext,
  kit: string,
  row: MadeRow,
  places: readonly Place[],
): Promise<Fresh> {
  const file = backups.workFile('old')
  await fetchFrom(ctx, row, places, file)
  const startedMs = performance.now()
  const id = mintId(ctx.now())
  const name = fileNameOf(id, row.at)
  const proven = await backups.reseal(file, id, name, { signal: ctx.signal })
  ctx.transact(bookkeeping, (tx) =>
    tx.write.putLocal(backupMade, {
      ...row,
      id,
      name,
      bytes: proven.label.bytes,
      sha256: proven.sha256,
      reason: 'reseal',
      kit_id: kit,
      took_ms: Math.round(performance.now() - startedMs),
    }),
  )
  return { id, name, file: proven.file, sha256: proven.sha256 }
}

/** From the first place that hands it back unchanged, this computer before the others. */
async function fetchFrom(
  ctx: RunContext,
  row: MadeRow,
  places: readonly Place[],
  file: string,
): Promise<void> {
  const nearFirst = places.toSorted((a, b) => Number(b.id === homeTarget) - Number(a.id === homeTarget))
  let failure: Error = new TargetProblem('gone')
  for (const place of nearFirst) {
    try {
      const target = await place.open()
      await target.fetch(row.name, file, ctx.signal)
      if ((await hashOfFile(file)) === row.sha256) return
      failure = new BackupRefused('contents-differ')
    } catch (error) {
      failure = error instanceof Error ? error : new Error('a place refused', { cause: error })
    }
  }
  throw failure
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('base64url')
}

function note(ctx: RunContext, backup: string, place: string, state: string, problem: string | null): void {
  const at = new Date(ctx.now()).toISOString()
  ctx.transact(bookkeeping, (tx) =>
    tx.write.putLocal(backupCopy, { backup_id: backup, target_id: place, state, problem, at }),
  )
}

/** What a former run began to write and was not read back takes room and is nobody's backup. */
async function clearUnfinished(services: Services, ctx: RunContext): Promise<void> {
  const { places, rows } = ctx.read((read) => ({
    places: new Map(placesOf(services, read).map((place) => [place.id, place])),
    rows: read.all(q.unfinishedReseals, {}),
  }))
  for (const row of rows) {
    const place = places.get(row.target_id)
    if (ctx.signal.aborted) return
    if (!place || place.neverDelete) continue
    try {
      const target = await place.open()
      await target.remove(row.name)
      note(ctx, row.id, row.target_id, 'gone', null)
    } catch {
      // Not there today: tried again the next time.
    }
  }
}
