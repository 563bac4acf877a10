// Servers on loopback that count whoever reaches them: how a test knows that nothing left the window.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Prey } from './hostile-page.ts'

export interface CountingPrey extends Prey, AsyncDisposable {
  /** First bytes of every connection and datagram that came in. */
  readonly visits: readonly string[]
}

export async function openPrey(): Promise<CountingPrey> {
  const visits: string[] = []
  const tcp = createServer((socket) => {
    const n = visits.push('connection') - 1
    socket.on('error', () => undefined)
    socket.once('data', (bytes: Buffer) => {
      visits[n] = `tcp ${bytes.toString('latin1').split('\r\n')[0]?.slice(0, 80)}`
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\naccess-control-allow-origin: *\r\n\r\n')
    })
  })
  const udp = createSocket('udp4', (bytes) => void visits.push(`udp ${bytes.length} bytes`))
  tcp.listen(0, '127.0.0.1')
  udp.bind(0, '127.0.0.1')
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')])
  const { port } = tcp.address() as AddressInfo
  return {
    http: `http://127.0.0.1:${port}`,
    port,
    udp: udp.address().port,
    visits,
    async [Symbol.asyncDispose]() {
      tcp.close()
      udp.close()
    },
  }
}
