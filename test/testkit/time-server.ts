// A real time server on loopback that tells what the test makes it tell, the truth or not.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'

export interface Told {
  readonly leap?: number
  readonly version?: number
  readonly mode?: number
  readonly stratum?: number
  /** Four letters. */
  readonly reference?: string
  /** Epoch ms; null: an empty timestamp. */
  readonly received: number | null
  readonly sent: number | null
  /** What is handed back as the question; the question itself unless given. */
  readonly originate?: Uint8Array
}

export function timePacket(request: Uint8Array, told: Told): Buffer {
  const packet = Buffer.alloc(48)
  packet[0] = ((told.leap ?? 0) << 6) | ((told.version ?? 4) << 3) | (told.mode ?? 4)
  packet[1] = told.stratum ?? 2
  packet.write(told.reference ?? 'TEST', 12, 'latin1')
  packet.set(told.originate ?? request.subarray(40, 48), 24)
  writeInstant(packet, 32, told.received)
  writeInstant(packet, 40, told.sent)
  return packet
}

/** As a server writes it: seconds since 1900, of which only 32 bits are left. */
function writeInstant(packet: Buffer, at: number, ms: number | null): void {
  if (ms === null) return
  const seconds = Math.floor(ms / 1000)
  packet.writeUInt32BE((seconds + 2_208_988_800) % 2 ** 32, at)
  packet.writeUInt32BE(Math.floor(((ms - seconds * 1000) / 1000) * 2 ** 32), at + 4)
}

export interface TimeServer extends AsyncDisposable {
  /** As it stands in a setting. */
  readonly name: string
  /** Each question that came, as bytes. */
  readonly asked: Buffer[]
  /** What it answers from now on. */
  answer: (request: Buffer, from: RemoteInfo, send: (packet: Uint8Array, by?: Socket) => void) => void
  /** Tells the given time from now on. */
  tell(ms: () => number): void
}

export async function timeServer(truth?: () => number, host = '127.0.0.1'): Promise<TimeServer> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.bind(0, host)
  await once(socket, 'listening')
  const { port } = socket.address()
  const self: TimeServer = {
    name: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    asked: [],
    answer: () => {},
    tell(ms) {
      self.answer = (request, _from, send) => {
        const at = ms()
        send(timePacket(request, { received: at, sent: at }))
      }
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  }
  socket.on('message', (request, from) => {
    self.asked.push(Buffer.from(request))
    self.answer(request, from, (packet, by = socket) => by.send(packet, from.port, from.address))
  })
  if (truth) self.tell(truth)
  return self
}
