// `serve` and `start`: the clinic for a browser on https://localhost, until somebody stops it.
import { randomBytes } from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import { loadCertificate } from '#core/http/certificate.ts'
import { startHttps } from '#core/http/https-door.ts'
import { createLogger } from '#core/log/logger.ts'
import { rendererFolder } from './app-files.ts'
import { composeHost, logFile } from './compose.ts'
import { unlockFromEnvironment } from './open-clinic.ts'
import { print, progress } from './terminal.ts'
import { CliError, noMore, parse, portOf } from './usage.ts'

export async function serveCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', port: 'string' }, ['dir'])
  noMore(rest)
  await serve(path.resolve(values.dir ?? ''), portOf(values.port), ({ address, certificate }) => {
    print({ ready: true, address, certificate })
    progress(`Osler is ready: ${address}`)
  })
}

/** What `npm start` runs where there is no display: the address is for a person to open. */
export async function startCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', port: 'string' })
  noMore(rest)
  await serve(path.resolve(values.dir ?? homeFolder()), portOf(values.port), ({ address, certificate }) => {
    process.stdout.write(`Osler is ready: ${address}\nCertificate: ${certificate}\n`)
  })
}

/** OSLER_HOME, or where the system keeps a user's application data. */
export function homeFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.OSLER_HOME) return env.OSLER_HOME
  const home = os.homedir()
  if (platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Osler')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Osler')
  const data = env.XDG_DATA_HOME
  return path.join(data && path.isAbsolute(data) ? data : path.join(home, '.local', 'share'), 'osler')
}

async function serve(
  dir: string,
  port: number,
  announce: (ready: { address: string; certificate: string }) => void,
): Promise<void> {
  const host = await composeHost({ dir, door: 'https' })
  try {
    const owner = host.otherOwner()
    if (owner)
      throw new CliError(`${dir} is in use by process ${owner.pid} (${owner.door}); end that one first`)
    await unlockFromEnvironment(host)
    const tls = await loadCertificate(path.join(dir, 'tls'), Date.now())
    // 256 bits, and worthless after the first clinic was opened with it.
    const token = randomBytes(32).toString('base64url')
    const log = createLogger(logFile(dir))
    const staticDir = rendererFolder() ?? path.join(dir, 'no-screens')
    if (!rendererFolder())
      progress('The screens are not built yet: run "npm run build". Only programs can be served.')
    const door = await startHttps(host, { port, tls, staticDir, bootstrapToken: token, log })
    log.info('https door open', { port: door.port, pid: process.pid })
    announce({ address: `https://localhost:${door.port}/#${token}`, certificate: tls.certFile })
    await untilStopped()
    await door.close()
  } finally {
    await host.close()
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
