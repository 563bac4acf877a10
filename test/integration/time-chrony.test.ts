// AUD-07: our client beside somebody else's server: chrony as Debian ships it, on loopback, without touching the clock.
// It is not among the packages that npm test installs: there it would take the place of the system's own time service.
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Answer, askTimeServer } from '#core/time/sntp.ts'

const chronyd = [process.env.OSLER_CHRONYD, '/usr/sbin/chronyd', 'chronyd'].find(
  (file) => file !== undefined && spawnSync(file, ['--version']).status === 0,
)
if (!chronyd)
  process.stderr.write('AUD-07 is not tried against chrony: there is no chronyd here (OSLER_CHRONYD).\n')

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

test.skipIf(!chronyd)(
  'AUD-07: chrony is understood, and says that this computer tells its time',
  async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'osler-chrony-'))
    const port = await freePort()
    const settings = ['bindaddress 127.0.0.1', 'cmdport 0', 'local stratum 1', 'allow 127.0.0.1']
    writeFileSync(
      path.join(dir, 'chrony.conf'),
      [...settings, `port ${port}`, `pidfile ${path.join(dir, 'pid')}`, ''].join('\n'),
    )
    // -x: without control of the system's clock.
    const args = ['-x', '-U', '-d', '-u', userInfo().username, '-f', path.join(dir, 'chrony.conf')]
    const server = spawn(chronyd ?? '', args, { stdio: 'ignore' })
    const ask = () =>
      askTimeServer(
        { host: '127.0.0.1', port },
        { wall: () => Date.now(), timeoutMs: 1_000, signal: new AbortController().signal },
      )
    let answer: Answer = await ask()
    for (let tries = 0; 'refused' in answer && tries < 100; tries++) {
      await after(50)
      answer = await ask()
    }
    server.kill()
    await once(server, 'exit')
    rmSync(dir, { recursive: true })
    if ('refused' in answer) throw new Error(answer.refused)
    expect(Math.abs(answer.offsetMs)).toBeLessThan(500)
  },
)
