// Pictures on papers are read through once, in the worker, before they are embedded: pdfkit passes most of them on as they
// are, and a broken one would only be noticed on paper.
import { inflateSync } from 'node:zlib'

/** @throws when the picture cannot be decoded, or holds more than it says. */
export function checkImage(bytes: Buffer): void {
  if (bytes.length > 8 && bytes.readUInt32BE(0) === 0x89504e47) checkPng(bytes)
  else checkJpeg(bytes)
}

/** Samples a pixel has, by colour type (PNG 11.2.2). */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

function checkPng(bytes: Buffer): void {
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const perPixel = samples[bytes[25] ?? -1]
  const isInterlaced = bytes[28] !== 0
  if (perPixel === undefined || isInterlaced) throw new Error('a kind of PNG that is not taken')
  const expected = (Math.ceil((width * perPixel * (bytes[24] ?? 0)) / 8) + 1) * height
  if (inflateSync(Buffer.concat(parts), { maxOutputLength: expected }).length !== expected)
    throw new Error('a PNG with missing rows')
}

/** Its segments lead to a scan, and the file ends as one does. */
function checkJpeg(bytes: Buffer): void {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) throw new Error('no picture')
  if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) throw new Error('a JPEG without an end')
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) throw new Error('a JPEG with a broken segment')
    if (bytes[at + 1] === 0xda) return
    at += bytes[at + 1] === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  throw new Error('a JPEG without a picture')
}
