// Hybrid logical clock and the quality of wall time (SYNC 2.5). Nothing is ever refused for its time.

export type ClockQuality = 'ok' | 'unknown' | 'suspect'

/** 48 bits of milliseconds and a 16-bit counter, big-endian: sorts as bytes. */
export interface Stamp {
  readonly hlc: Uint8Array
  readonly wall: number
  readonly quality: ClockQuality
}

const suspectJumpMs = 10 * 60 * 1000

export interface HybridClock {
  next(): Stamp
  /** Instant for people and paper: wall time as it is. */
  now(): number
  quality(): ClockQuality
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
  const wasBehind = wall() < floor - suspectJumpMs
  let suspect = wasBehind
  const observe = (): number => {
    const w = wall()
    // Not latched: a clock that is put right again is trusted again.
    suspect = wasBehind || Math.abs(w - monotonic() - offset) > suspectJumpMs
    return w
  }
  // Without a relay or a time server there is nothing to compare with: honest time is "unknown", not "ok".
  const quality = (): ClockQuality => (suspect ? 'suspect' : 'unknown')
  return {
    next() {
      const w = Math.floor(observe())
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
    now: () => observe(),
    quality,
  }
}

export function hlcMillis(hlc: Uint8Array): number {
  const view = new DataView(hlc.buffer, hlc.byteOffset, 8)
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2)
}
