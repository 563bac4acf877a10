// The high-water mark beside the database: how far both chains had come when we last said "saved" (REL-04).
// The engine drops damaged WAL frames without a word (SECURITY M9); this file is what notices.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs'

export interface Mark {
  /** Newest audit entry and its MAC; newest own commit and its hash. */
  readonly auditSeq: number
  readonly auditMac: Uint8Array
  readonly commitSeq: number
  readonly commitHash: Uint8Array
  /** Epoch ms: a clock that later shows less has been set back. */
  readonly at: number
}

const magic = Buffer.from('OSLERWM1', 'latin1')
/** magic 8, counter 8, auditSeq 8, commitSeq 8, at 8, auditMac 32, commitHash 32, mac 32; a slot has its own disk block. */
const bodyLength = 104
const slotLength = 4096

export interface WatermarkFile {
  /** Written to the older of two slots. `durable` waits for the disk; reads need only survive our own death. */
  write(mark: Mark, durable: boolean): void
  close(): void
}

export function openWatermark(file: string, key: Uint8Array): WatermarkFile {
  let counter = existsSync(file) ? (readSlots(file, key)?.counter ?? 0) : 0
  const fd = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o600)
  const block = Buffer.alloc(bodyLength + 32)
  return {
    write(mark, durable) {
      counter += 1
      magic.copy(block, 0)
      block.writeBigUInt64BE(BigInt(counter), 8)
      block.writeBigUInt64BE(BigInt(mark.auditSeq), 16)
      block.writeBigUInt64BE(BigInt(mark.commitSeq), 24)
      block.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(mark.at))), 32)
      block.set(mark.auditMac, 40)
      block.set(mark.commitHash, 72)
      createHmac('sha256', key).update(block.subarray(0, bodyLength)).digest().copy(block, bodyLength)
      writeSync(fd, block, 0, block.length, (counter % 2) * slotLength)
      if (durable) fdatasyncSync(fd)
    },
    close: () => closeSync(fd),
  }
}

/** The newer valid slot; `null` when the file is missing or neither slot verifies. */
export function readWatermark(file: string, key: Uint8Array): Mark | null {
  return existsSync(file) ? (readSlots(file, key)?.mark ?? null) : null
}

function readSlots(file: string, key: Uint8Array): { counter: number; mark: Mark } | null {
  const fd = openSync(file, 'r')
  try {
    let best: { counter: number; mark: Mark } | null = null
    for (const slot of [0, 1]) {
      const block = Buffer.alloc(bodyLength + 32)
      if (readSync(fd, block, 0, block.length, slot * slotLength) !== block.length) continue
      const mac = createHmac('sha256', key).update(block.subarray(0, bodyLength)).digest()
      if (!block.subarray(0, 8).equals(magic) || !timingSafeEqual(mac, block.subarray(bodyLength))) continue
      const counter = Number(block.readBigUInt64BE(8))
      if (best && best.counter >= counter) continue
      best = {
        counter,
        mark: {
          auditSeq: Number(block.readBigUInt64BE(16)),
          commitSeq: Number(block.readBigUInt64BE(24)),
          at: Number(block.readBigUInt64BE(32)),
          auditMac: Uint8Array.from(block.subarray(40, 72)),
          commitHash: Uint8Array.from(block.subarray(72, 104)),
        },
      }
    }
    return best
  } finally {
    closeSync(fd)
  }
}
