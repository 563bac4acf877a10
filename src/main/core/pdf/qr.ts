// QR codes as rows of squares. The encoder is the `qr` package: no dependencies, no canvas.
import encodeQR from 'qr'

const longest = 1_200

/** True is dark; four light modules all around (ISO/IEC 18004). Error correction M: a crease may cross it. */
export function qrModules(text: string): boolean[][] {
  if (Buffer.byteLength(text) > longest) throw new Error('too long for one QR code')
  return encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
}
