// A print scheduler of its own for tests: Debian's cupsd on a socket in a temporary folder, with a printer whose backend
// keeps the bytes it is given. Needs root, as the scheduler does.
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const canRunCups =
  process.getuid?.() === 0 && existsSync('/usr/sbin/cupsd') && existsSync('/usr/bin/lp')

export interface TestCups extends AsyncDisposable {
  /** What `CUPS_SERVER` must say. */
  readonly server: string
  /** Files that came out of the printer, oldest first. */
  printed(): string[]
  addPrinter(name: string): void
  /** As `cupsdisable`, `cupsenable`. */
  stop(printer: string): void
  resume(printer: string): void
}

export async function startCups(): Promise<TestCups> {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-cups-'))
  const at = (...names: string[]) => path.join(dir, ...names)
  for (const folder of ['etc/ppd', 'spool/tmp', 'cache', 'state', 'log', 'run', 'out', 'lib/backend'])
    mkdirSync(at(folder), { recursive: true })
  for (const folder of ['filter', 'daemon', 'driver', 'monitor', 'notifier', 'cgi-bin'])
    if (existsSync(`/usr/lib/cups/${folder}`)) symlinkSync(`/usr/lib/cups/${folder}`, at('lib', folder))
  const server = at('run', 'cups.sock')
  writeFileSync(at('etc/cupsd.conf'), scheduler(server))
  writeFileSync(at('etc/cups-files.conf'), folders(dir))
  // Arguments: job, user, title, copies, options, and a file where the scheduler gives one.
  const keep = `#!/bin/sh\n[ $# -eq 0 ] && { echo 'direct keep "Unknown" "Keeps what it prints"'; exit 0; }\ncat "\${6:--}" > "${at('out')}/$1.pdf"\n`
  writeFileSync(at('lib/backend/keep'), keep)
  chmodSync(at('lib/backend/keep'), 0o700)
  execFileSync('chmod', ['-R', 'a+rX', dir])
  chmodSync(at('lib/backend/keep'), 0o700)
  execFileSync('chown', ['-R', 'lp:lp', at('spool'), at('cache'), at('state'), at('log')])
  const args = ['-f', '-c', at('etc/cupsd.conf'), '-s', at('etc/cups-files.conf')]
  const child = spawn('/usr/sbin/cupsd', args, { stdio: 'ignore' })
  const env = { ...process.env, CUPS_SERVER: server, LC_ALL: 'C' }
  const run = (program: string, ...rest: string[]) =>
    execFileSync(program, rest, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  await until(() => existsSync(server) && run('lpstat', '-r').includes('is running'))
  return {
    server,
    printed: () =>
      readdirSync(at('out'))
        .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
        .map((name) => at('out', name)),
    addPrinter: (name) => void run('/usr/sbin/lpadmin', '-p', name, '-E', '-v', 'keep:/', '-m', 'raw'),
    stop: (name) => void run('/usr/sbin/cupsdisable', name),
    resume: (name) => void run('/usr/sbin/cupsenable', name),
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await gone
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the print scheduler did not start')
}

const scheduler = (socket: string) => `Listen ${socket}
Browsing No
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
`

const folders = (dir: string) => `SystemGroup root
User lp
Group lp
ServerRoot ${dir}/etc
ServerBin ${dir}/lib
CacheDir ${dir}/cache
StateDir ${dir}/state
RequestRoot ${dir}/spool
TempDir ${dir}/spool/tmp
AccessLog ${dir}/log/access
ErrorLog ${dir}/log/error
PageLog ${dir}/log/page
`
