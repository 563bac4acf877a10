// Adding, changing, trying and leaving a place for backups. A place is tried before it is kept; one that fails is kept
// all the same, with what is wrong: a disk may be plugged in tomorrow.
import { randomBytes } from 'node:crypto'
import { isAllowedEndpoint } from '#core/backup/bucket-target.ts'
import { claimFolder } from '#core/backup/folder-target.ts'
import { TargetProblem } from '#core/backup/targets.ts'
import { type CommandContext, type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { backups as contract, SaveTarget } from '../shared/contract.ts'
import { placeById, secretContext, type TargetRow } from './places.ts'
import * as q from './queries.ts'
import { backupTarget } from './tables.ts'

type Procedures = (typeof contract)['procedures']
interface Claimed {
  readonly mark: string | null
  readonly problem: string | null
}

export function saveTarget(services: Services): PreparedHandler<Procedures['saveTarget'], Claimed> {
  return prepared<Procedures['saveTarget'], Claimed>({
    async prepare({ read }, { target: input }) {
      if (input.kind === 'bucket') {
        if (!isAllowedEndpoint(input.endpoint))
          throw new AppError('INVALID_INPUT', { fields: ['endpoint: address'] })
        return { mark: null, problem: null }
      }
      const before = input.id === null ? undefined : read.get(q.targetById, { id: input.id })
      if (before?.path === input.path) return { mark: before.mark, problem: null }
      try {
        return { mark: await claimFolder(input.path), problem: null }
      } catch (error) {
        // A folder that is not there cannot be marked as ours.
        const problem = error instanceof TargetProblem ? error.problem : 'missing'
        throw new AppError('UNAVAILABLE', { target: problem })
      }
    },
    run(ctx, { target: input }, claimed) {
      const before = input.id === null ? undefined : ctx.read.get(q.targetById, { id: input.id })
      if (input.id !== null && !before) throw new AppError('NOT_FOUND')
      if ((before?.rev ?? 0) !== input.rev) throw new AppError('CONFLICT', { rev: before?.rev ?? 0 })
      const id = before?.id ?? ctx.mint()
      ctx.write.putLocal(backupTarget, {
        id,
        rev: input.rev + 1,
        name: input.name,
        kind: input.kind,
        off_site: input.offSite ? 1 : 0,
        never_delete: input.neverDelete ? 1 : 0,
        ...columnsOf(services, id, input, claimed, before),
        created_at: before?.created_at ?? ctx.now,
      })
      return { id, problem: claimed.problem }
    },
  })
}

function columnsOf(
  { backups }: Services,
  id: string,
  input: SaveTarget,
  { mark }: Claimed,
  before: TargetRow | undefined,
): Partial<TargetRow> {
  const nothing = {
    path: null,
    mark: null,
    endpoint: null,
    bucket: null,
    region: null,
    prefix: null,
    access_key: null,
    secret: null,
  }
  if (input.kind === 'folder')
    return { ...nothing, path: input.path, mark: mark ?? randomBytes(16).toString('base64url') }
  // A key belongs to the place it was given for: another one must not be handed it.
  const isSamePlace = before?.endpoint === input.endpoint && before.access_key === input.accessKey
  const secret = input.secretKey
    ? backups.seal(secretContext(id), input.secretKey)
    : isSamePlace
      ? before.secret
      : null
  if (!secret) throw new AppError('INVALID_INPUT', { fields: ['secretKey: required'] })
  const { endpoint, bucket, region, prefix, accessKey } = input
  return { ...nothing, endpoint, bucket, region, prefix, access_key: accessKey, secret }
}

type TestResult = OutputOf<Procedures['testTarget']>

export function testTarget(services: Services): PreparedHandler<Procedures['testTarget'], TestResult> {
  return prepared<Procedures['testTarget'], TestResult>({
    async prepare({ read }, { id }) {
      const place = placeById(services, read, id)
      if (!place) throw new AppError('NOT_FOUND')
      try {
        const target = await place.open()
        await target.probe()
        return { problem: null }
      } catch (error) {
        return { problem: error instanceof TargetProblem ? error.problem : 'interrupted' }
      }
    },
    run: (_ctx, _input, result) => result,
  })
}

export function removeTarget({ read, write }: CommandContext, input: InputOf<Procedures['removeTarget']>) {
  const row = read.get(q.targetById, { id: input.id })
  if (!row) throw new AppError('NOT_FOUND')
  if (row.rev !== input.rev) throw new AppError('CONFLICT', { rev: row.rev })
  write.deleteLocal(backupTarget, { id: input.id })
  return { id: input.id }
}
