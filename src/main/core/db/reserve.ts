// A file of real bytes beside the database (SECURITY M10). When the disk is full it is given up, so that locking, signing
// in, the log and a clean close can still be written; it comes back when there is room for it twice.
import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../log/logger.ts'

export const reserveBytes = 64 * 2 ** 20
const chunkBytes = 2 ** 20
/** Making it can wait until the people at the desk are signed in. */
const fillAfterMs = 30_000
const lookEveryMs = 2_000

export interface Reserve {
  /** True from the moment it was given up until there is room again: saves of people wait then. */
  isShort(): boolean
  /** The disk said it is full: gives the bytes back. */
  giveUp(): void
  state(): 'there' | 'given-up' | 'missing' | 'none'
  /** Makes the file when it is not there and there is room; resolves when that is decided. */
  fill(): Promise<void>
  stop(): Promise<void>
}

export function createReserve(file: string, bytes: number, now: () => number, log: Logger): Reserve {
  let short = false
  let lookedAt = 0
  let filling: Promise<void> | null = null
  let stopped = false
  const isThere = () => existsSync(file) && statSync(file).size >= bytes
  const hasRoom = () => {
    const disk = statfsSync(path.dirname(file))
    return disk.bavail * disk.bsize >= 2 * bytes
  }
  const write = async () => {
    if (bytes === 0 || stopped || isThere() || !hasRoom()) return
    const part = `${file}.part`
    // Not zeros: a file system that packs or skips them would keep nothing in reserve.
    const chunk = randomBytes(chunkBytes)
    const handle = await open(part, 'w', 0o600)
    try {
      for (let done = 0; done < bytes && !stopped; done += chunkBytes) {
        await handle.write(chunk, 0, Math.min(chunkBytes, bytes - done))
      }
      if (!stopped) await handle.sync()
    } finally {
      await handle.close()
    }
    if (stopped) rmSync(part, { force: true })
    else renameSync(part, file)
  }
  const fill = () => {
    filling ??= write()
      .catch((error: unknown) => {
        rmSync(`${file}.part`, { force: true })
        log.warn('no space could be kept in reserve', { error })
      })
      .finally(() => {
        filling = null
      })
    return filling
  }
  const timer = bytes > 0 ? setTimeout(() => void fill(), fillAfterMs).unref() : undefined
  return {
    isShort() {
      if (!short || now() - lookedAt < lookEveryMs) return short
      lookedAt = now()
      if (hasRoom()) {
        short = false
        log.info('there is room on the disk again')
        void fill()
      }
      return short
    },
    giveUp() {
      if (bytes === 0) return
      if (!short) log.error('the disk is full; the reserve was given up')
      short = true
      lookedAt = now()
      rmSync(file, { force: true })
    },
    state() {
      if (bytes === 0) return 'none'
      if (short) return 'given-up'
      return isThere() ? 'there' : 'missing'
    },
    fill,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await filling
    },
  }
}
