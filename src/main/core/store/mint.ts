// Mints UUIDv7 ids, strictly rising within one millisecond so that rows keep the order in which they were made.
import { randomFillSync } from 'node:crypto'
import { formatUuidV7 } from '#shared/ids.ts'

const pool = new Uint8Array(10 * 256)
let at = pool.length

function random10(): Uint8Array {
  if (at + 10 > pool.length) {
    randomFillSync(pool)
    at = 0
  }
  at += 10
  return pool.slice(at - 10, at)
}

let lastMs = -1
let counter = 0

/** `atMs` orders the id by clinical time; without it ids follow one another (12-bit counter in rand_a). */
export function mintId(nowMs: number, atMs?: number): string {
  const random = random10()
  if (atMs !== undefined) return formatUuidV7(Math.max(0, atMs), random)
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = 0
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  random[0] = counter >> 8
  random[1] = counter & 0xff
  return formatUuidV7(lastMs, random)
}
