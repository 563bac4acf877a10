// A picture somebody brings: kind, size and pixels read from its head, without decoding anything.
import { type Logo, logoLimits } from '../shared/settings.ts'

export type LogoFault = 'size' | 'type' | 'pixels'

export function logoFault(logo: Logo): LogoFault | null {
  if (logo.data.length > Math.ceil((logoLimits.bytes * 4) / 3) + 4) return 'size'
  const bytes = Buffer.from(logo.data, 'base64')
  if (bytes.length > logoLimits.bytes) return 'size'
  const measured = logo.type === 'image/png' ? pngSize(bytes) : jpegSize(bytes)
  if (!measured) return 'type'
  const [width, height] = measured
  const isFit = width > 0 && height > 0 && width <= logoLimits.side && height <= logoLimits.side
  return isFit && width * height <= logoLimits.pixels ? null : 'pixels'
}

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function pngSize(bytes: Buffer): [number, number] | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngMagic)) return null
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

/** Walks the segments to the frame header: baseline, extended or progressive. */
function jpegSize(bytes: Buffer): [number, number] | null {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2)
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
    if (marker === 0xda || marker === 0xd9) return null
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
