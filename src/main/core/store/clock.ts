// Hybrid logical clock and the quality of wall time (SYNC 2.5). Nothing is ever refused for its time; jumps are told, so
// that the trail can name them (AUD-07).

export type ClockQuality = 'ok' | 'unknown' | 'suspect'

/** 48 bits of milliseconds and a 16-bit counter, big-endian: sorts as bytes. */
export interface Stamp {
  readonly hlc: Uint8Array
  readonly wall: number
  readonly quality: ClockQuality
}

const suspectJumpMs = 10 * 60 * 1000
/** How long an answer of a time server vouches for a clock that was not set since: a quartz loses seconds in a day. */
const freshMs = 24 * 3_600_000
/** A set clock moves by more than a clock that runs a little fast or is trimmed by its time service (SECURITY 1). */
export const jumpMs = 2 * 60 * 1000

export interface HybridClock {
  next(): Stamp
  /** Instant for people and paper: wall time as it is. */
  now(): number
  quality(): ClockQuality
  /** By how much the clock was set since it was last told, in ms; 0 where it was not. Told again until `jumpTold`. */
  jump(): number
  jumpTold(): void
  /** A time server was asked: the clock is ahead of true time by so many ms, or behind where negative. */
  compared(aheadMs: number): void
}

/**
 * @param wall epoch milliseconds
 * @param monotonic milliseconds that never jump and go on while the machine sleeps
 * @param floor highest HLC milliseconds this writer ever issued, or the watermark's time
 */
export function createHybridClock(wall: () => number, monotonic: () => number, floor: number): HybridClock {
  let lastMs = Math.floor(floor)
  let counter = 0
  const offset = wall() - monotonic()
  // Already behind what was written before: somebody set the clock back while we were closed.
  const behind = wall() - floor
  const wasBehind = behind < -suspectJumpMs
  /** True time less monotonic time, and when that was learned. */
  let truth: { readonly offset: number; readonly at: number } | null = null
  let toldOffset = offset
  let toldBehind = behind > -jumpMs
  // Nothing is latched: a clock that is put right again is trusted again.
  const quality = (): ClockQuality => {
    const now = monotonic()
    const shift = wall() - now
    if (truth) {
      if (Math.abs(shift - truth.offset) > jumpMs) return 'suspect'
      return now - truth.at <= freshMs ? 'ok' : 'unknown'
    }
    // With nothing to compare with, honest time is "unknown", not "ok".
    return wasBehind || Math.abs(shift - offset) > suspectJumpMs ? 'suspect' : 'unknown'
  }
  const jump = (): number => {
    const since = wall() - monotonic() - toldOffset
    const moved = Math.abs(since) > jumpMs ? since : 0
    return moved + (toldBehind ? 0 : behind)
  }
  return {
    next() {
      const w = Math.floor(wall())
      if (w > lastMs) {
        lastMs = w
        counter = 0
      } else if (++counter > 0xffff) {
        lastMs += 1
        counter = 0
      }
      const hlc = new Uint8Array(8)
      const view = new DataView(hlc.buffer)
      view.setUint16(0, Math.floor(lastMs / 2 ** 32))
      view.setUint32(2, lastMs % 2 ** 32)
      view.setUint16(6, counter)
      return { hlc, wall: w, quality: quality() }
    },
    now: wall,
    quality,
    jump,
    jumpTold() {
      toldBehind = true
      toldOffset = wall() - monotonic()
    },
    compared(aheadMs) {
      const at = monotonic()
      truth = { offset: wall() - aheadMs - at, at }
    },
  }
}

export function hlcMillis(hlc: Uint8Array): number {
  const view = new DataView(hlc.buffer, hlc.byteOffset, 8)
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2)
}
