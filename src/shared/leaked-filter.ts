// A set of texts as a Golomb-coded list of hashes: 18.5 bits a text, no text in it, about one false hit in 131,000.
// Pure and the same in window and backend; `scripts/leaked-passwords.mjs` makes the data with `encodeFilter`.

/** Low bits written plainly; the rest of each gap is written in ones. */
const plainBits = 17

/** cyrb53 (public domain): fast, spread over 53 bits, and nothing an attacker would gain from inverting. */
function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

const placeOf = (text: string, count: number): number => hash53(text) % (count * 2 ** plainBits)

export interface Filter {
  readonly count: number
  /** Base64. */
  readonly data: string
}

export function encodeFilter(texts: readonly string[]): { count: number; bytes: Uint8Array } {
  const count = new Set(texts).size
  const places = [...new Set(texts.map((text) => placeOf(text, count)))].sort((a, b) => a - b)
  const bits: number[] = []
  let last = -1
  for (const place of places) {
    const gap = place - last - 1
    for (let ones = Math.floor(gap / 2 ** plainBits); ones > 0; ones--) bits.push(1)
    bits.push(0)
    for (let bit = plainBits - 1; bit >= 0; bit--) bits.push(Math.floor(gap / 2 ** bit) % 2)
    last = place
  }
  // What fills up the last byte is ones, which end no gap.
  while (bits.length % 8 !== 0) bits.push(1)
  const bytes = new Uint8Array(bits.length / 8)
  bits.forEach((bit, i) => {
    bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (7 - (i & 7)))
  })
  return { count, bytes }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 without what only a window or only Node has. */
function bytesOf(text: string): Uint8Array {
  const value = new Map(Array.from(digits, (digit, i) => [digit, i]))
  const sextets = Array.from(text.replace(/=+$/, ''), (digit) => value.get(digit) ?? 0)
  const bytes = new Uint8Array(Math.floor((sextets.length * 6) / 8))
  for (let i = 0; i < bytes.length; i++) {
    const bit = i * 8
    const pair = ((sextets[Math.floor(bit / 6)] ?? 0) << 6) | (sextets[Math.floor(bit / 6) + 1] ?? 0)
    bytes[i] = (pair >> (4 - (bit % 6))) & 255
  }
  return bytes
}

/** Read once; the answer is a lookup in a set of numbers. */
export function openFilter({ count, data }: Filter): (text: string) => boolean {
  const bytes = bytesOf(data)
  const places = new Set<number>()
  const end = bytes.length * 8
  let at = 0
  let last = -1
  const next = () => ((bytes[at >> 3] ?? 0) >> (7 - (at++ & 7))) & 1
  while (at < end) {
    let gap = 0
    while (at < end && next() === 1) gap += 2 ** plainBits
    if (end - at < plainBits) break
    for (let bit = plainBits - 1; bit >= 0; bit--) gap += next() * 2 ** bit
    last += gap + 1
    places.add(last)
  }
  return (text) => places.has(placeOf(text, count))
}
