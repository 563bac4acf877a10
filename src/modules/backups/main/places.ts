// The targets of this clinic as things that can be written to: the folder beside the database, and what people chose.
import { mkdirSync } from 'node:fs'
import { bucketTarget } from '#core/backup/bucket-target.ts'
import { claimFolder, folderTarget } from '#core/backup/folder-target.ts'
import { type BackupTarget, TargetProblem } from '#core/backup/targets.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import { homeTarget } from '../shared/contract.ts'
import * as q from './queries.ts'
import type { backupTarget } from './tables.ts'

export type TargetRow = RowOf<typeof backupTarget>
type Work = Pick<Services, 'backups'>

export interface Place {
  readonly id: string
  readonly kind: 'folder' | 'bucket'
  readonly offSite: boolean
  readonly neverDelete: boolean
  open(): Promise<BackupTarget>
}

export const secretContext = (targetId: string): string => `backup-target:${targetId}`

export function placesOf(services: Work, read: Reader): Place[] {
  return [homePlace(services), ...read.all(q.targets, {}).map((row) => placeOf(services, row))]
}

export function placeById(services: Work, read: Reader, id: string): Place | null {
  if (id === homeTarget) return homePlace(services)
  const row = read.get(q.targetById, { id })
  return row ? placeOf(services, row) : null
}

function homePlace({ backups }: Work): Place {
  return {
    id: homeTarget,
    kind: 'folder',
    offSite: false,
    neverDelete: false,
    async open() {
      mkdirSync(backups.homeFolder, { recursive: true, mode: 0o700 })
      return folderTarget({ path: backups.homeFolder, mark: await claimFolder(backups.homeFolder) })
    },
  }
}

function placeOf({ backups }: Work, row: TargetRow): Place {
  return {
    id: row.id,
    kind: row.kind === 'bucket' ? 'bucket' : 'folder',
    offSite: row.off_site === 1,
    neverDelete: row.never_delete === 1,
    open() {
      if (row.kind === 'folder')
        return Promise.resolve(folderTarget({ path: row.path ?? '', mark: row.mark ?? '' }))
      const secretKey = row.secret && backups.unseal(secretContext(row.id), row.secret)
      // Sealed under another clinic's key: it has to be typed again.
      if (!secretKey) return Promise.reject(new TargetProblem('credentials'))
      return Promise.resolve(
        bucketTarget({
          endpoint: row.endpoint ?? '',
          bucket: row.bucket ?? '',
          region: row.region ?? '',
          prefix: row.prefix ?? '',
          accessKey: row.access_key ?? '',
          secretKey,
        }),
      )
    },
  }
}
