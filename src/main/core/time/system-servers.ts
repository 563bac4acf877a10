// Which time servers this computer's own system asks. Asking them too tells nobody anything new about this computer.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mostTimeServers, timeServerOf } from '#shared/time-servers.ts'

/** Whoever looks after this computer may name other ones for it, or none. */
const variable = 'OSLER_TIME_SERVERS'

export function systemTimeServers(
  platform: NodeJS.Platform = process.platform,
  root = '/',
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const named = environment[variable]
  if (named !== undefined) {
    const usable = named.split(/[\s,]+/).filter((name) => timeServerOf(name) !== null)
    return usable.slice(0, mostTimeServers)
  }
  if (platform === 'win32') return ['time.windows.com']
  if (platform === 'darwin') return ['time.apple.com']
  if (platform !== 'linux') return []
  const lists = [fromTimesyncd(root), fromNtpConf(root)]
  return (lists.find((list) => list.length > 0) ?? []).slice(0, mostTimeServers)
}

/** A line that is commented out there shows what is built in; the administrator's own line comes before it. */
function fromTimesyncd(root: string): string[] {
  const texts = ['etc/systemd/timesyncd.conf.d', 'run/systemd/timesyncd.conf.d']
    .flatMap((dir) => filesIn(path.join(root, dir), '.conf'))
    .concat(path.join(root, 'etc/systemd/timesyncd.conf'))
    .map(textOf)
  for (const line of [/^NTP=(.+)$/gm, /^FallbackNTP=(.+)$/gm, /^#\s*FallbackNTP=(.+)$/gm]) {
    const found = texts.flatMap((text) =>
      [...text.matchAll(line)].flatMap(([, names = '']) => names.split(/\s+/)),
    )
    const usable = found.filter((name) => timeServerOf(name) !== null)
    if (usable.length > 0) return usable
  }
  return []
}

/** chrony and the ntp daemons write alike: `server NAME options`, `pool NAME options`. */
function fromNtpConf(root: string): string[] {
  const files = [
    ...['etc/chrony/chrony.conf', 'etc/chrony.conf', 'etc/ntpsec/ntp.conf', 'etc/ntp.conf'].map((name) =>
      path.join(root, name),
    ),
    ...filesIn(path.join(root, 'etc/chrony/sources.d'), '.sources'),
  ]
  return files
    .flatMap((file) =>
      [...textOf(file).matchAll(/^\s*(?:server|pool)\s+(\S+)/gm)].map(([, name = '']) => name),
    )
    .filter((name) => timeServerOf(name) !== null)
}

function filesIn(dir: string, end: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(end))
      .sort()
      .map((name) => path.join(dir, name))
  } catch {
    return []
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
