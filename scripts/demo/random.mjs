// Seeded chance: the same seed makes the same demo clinic on every machine.

/** Numbers in [0, 1) from a text seed (FNV-1a into mulberry32). */
export function createRandom(seed) {
  let state = 0x811c9dc5
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    /** Whole number from low to high, both included. */
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    /** Around a value, evenly spread. */
    near: (value, spread) => value + (next() * 2 - 1) * spread,
    chance: (share) => next() < share,
  }
}

export const round = (value, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits
