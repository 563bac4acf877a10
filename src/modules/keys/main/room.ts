// Whether the disk has room for a copy of the database: asked before the clinic is closed for one.
import type { Services } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'

export function requireRoom({ keyWork }: Pick<Services, 'keyWork'>): void {
  const { freeBytes, neededBytes } = keyWork.facts()
  if (freeBytes < neededBytes)
    throw new AppError('UNAVAILABLE', { reason: 'disk-space', needed: neededBytes, free: freeBytes })
}
