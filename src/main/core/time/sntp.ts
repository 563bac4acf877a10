// One question to one time server: SNTP version 4 as a client (RFC 4330), and what of an answer to believe (RFC 5905).
// Nothing is told to the server but that somebody asks: every field but the first byte is zero or random.
import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns'
import type { TimeServer } from '#shared/time-servers.ts'

/**
 * `silent`: nothing came; `forged`: something came that does not carry our question; `no-server`: another mode or version;
 * `unsynchronised`: it does not know the time itself; `impossible`: its own instants contradict each other.
 */
export type Refusal =
  | 'silent'
  | 'forged'
  | 'unreachable'
  | 'no-server'
  | 'unsynchronised'
  | 'impossible'
  | 'kiss-of-death'

export type Answer =
  /** True time less ours at the arrival of the answer, and how long the way there and back took. */
  | { readonly offsetMs: number; readonly roundTripMs: number }
  /** `kiss`: the four letters with which a server asks to be left alone. */
  | { readonly refused: Refusal; readonly kiss?: string }

/** No leap warning, version 4, mode 3: a client. */
const clientHeader = 0b00_100_011
const packetBytes = 48
/** Seconds from 1970 to the beginning of each era; the first bit of a timestamp tells them apart until 2104 (RFC 4330, 3). */
const eraStart = { one: 2_085_978_496, zero: -2_208_988_800 }
/** How much longer a server may claim to have thought than we waited: clocks tick coarsely. */
const slackMs = 1_000

export interface AskOptions {
  /** Our clock, epoch milliseconds. */
  readonly wall: () => number
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export function askTimeServer(server: TimeServer, { wall, timeoutMs, signal }: AskOptions): Promise<Answer> {
  return new Promise((resolve) => {
    let socket: Socket | undefined
    let isDone = false
    let heardOthers = false
    const done = (answer: Answer) => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      socket?.close()
      resolve(answer)
    }
    const giveUp = () => done({ refused: heardOthers ? 'forged' : 'silent' })
    const timer = setTimeout(giveUp, timeoutMs)
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()

    const ask = (address: string, family: number) => {
      if (isDone) return
      const question = randomBytes(8)
      const request = Buffer.alloc(packetBytes)
      request[0] = clientHeader
      question.copy(request, 40)
      const asking = createSocket(family === 6 ? 'udp6' : 'udp4')
      socket = asking
      let sentAt = 0
      asking.on('error', () => done({ refused: 'unreachable' }))
      asking.on('message', (packet) => {
        const roundTripMs = performance.now() - sentAt
        const read = readAnswer(packet, question, roundTripMs)
        if (read === null) heardOthers = true
        else done('refused' in read ? read : { offsetMs: read.trueMs - wall(), roundTripMs })
      })
      // A connected socket: the system lets nothing through that another address or port sends.
      asking.connect(server.port, address, () => {
        sentAt = performance.now()
        asking.send(request)
      })
    }
    lookup(server.host, (error, address, family) => {
      if (error) done({ refused: 'unreachable' })
      else ask(address, family)
    })
  })
}

/** `null`: not an answer to this question, so the real one may still come. */
export function readAnswer(
  packet: Uint8Array,
  question: Uint8Array,
  roundTripMs: number,
): { readonly trueMs: number } | { readonly refused: Refusal; readonly kiss?: string } | null {
  if (packet.length < packetBytes) return null
  const bytes = Buffer.from(packet)
  if (!bytes.subarray(24, 32).equals(question)) return null
  const header = bytes.readUInt8(0)
  const [leap, version, mode] = [header >> 6, (header >> 3) & 7, header & 7]
  const stratum = bytes.readUInt8(1)
  if (mode !== 4 || (version !== 4 && version !== 3)) return { refused: 'no-server' }
  if (stratum === 0) return { refused: 'kiss-of-death', kiss: bytes.toString('latin1', 12, 16) }
  if (leap === 3 || stratum > 15) return { refused: 'unsynchronised' }
  const [received, sent] = [instantAt(bytes, 32), instantAt(bytes, 40)]
  if (received === null || sent === null) return { refused: 'unsynchronised' }
  const thought = sent - received
  if (thought < 0 || thought > roundTripMs + slackMs) return { refused: 'impossible' }
  return { trueMs: sent + Math.max(0, roundTripMs - thought) / 2 }
}

function instantAt(packet: Buffer, at: number): number | null {
  const [seconds, fraction] = [packet.readUInt32BE(at), packet.readUInt32BE(at + 4)]
  if (seconds === 0 && fraction === 0) return null
  const start = seconds >= 0x8000_0000 ? eraStart.zero : eraStart.one
  return (start + seconds + fraction / 2 ** 32) * 1000
}
