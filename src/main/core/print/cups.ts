// Printing through CUPS on Linux and macOS: `lp` takes the bytes on its standard input, so that no paper lies in a file of
// ours; `lpstat` tells the printers; how a job ended is asked of the scheduler itself, since lpstat does not say.
import { spawn } from 'node:child_process'
import { askJobState } from './ipp.ts'
import {
  PrintError,
  type PrinterInfo,
  type PrintOrder,
  type PrintPort,
  type SystemJobState,
} from './print-port.ts'

const patienceMs = 20_000
const media = { A4: 'A4', A5: 'A5', Letter: 'Letter' } as const

interface Ran {
  /** `null`: there is no such program. */
  readonly code: number | null
  readonly out: string
}

export function cupsPrinters(): PrintPort {
  return {
    async printers() {
      const [names, states, standard] = await Promise.all([
        run('lpstat', ['-e']),
        run('lpstat', ['-p']),
        run('lpstat', ['-d']),
      ])
      if (names.code === null || (names.out.trim() === '' && !(await isRunning()))) return null
      return readPrinters(names.out, states.out, standard.out)
    },
    async send(order: PrintOrder) {
      const options = ['-d', order.printer, '-t', order.title, '-n', '1', '-o', `media=${media[order.page]}`]
      const done = await run('lp', [...options, '-o', 'print-scaling=none'], order.bytes)
      const job = /request id is (\S+-\d+)/.exec(done.out)?.[1]
      if (done.code === 0 && job) return job
      if (done.code === null || !(await isRunning())) throw new PrintError('NO_PRINT_SYSTEM')
      const known = (await run('lpstat', ['-e'])).out.split('\n').includes(order.printer)
      throw new PrintError(known ? 'REFUSED' : 'PRINTER_UNKNOWN')
    },
    async stateOf(job): Promise<SystemJobState> {
      const number = Number(/-(\d+)$/.exec(job)?.[1])
      return (await askJobState(number)) ?? 'lost'
    },
    async cancel(job) {
      await run('cancel', [job])
    },
  }
}

async function isRunning(): Promise<boolean> {
  const { code, out } = await run('lpstat', ['-r'])
  return code === 0 && out.includes('is running')
}

/** Lines of `lpstat -e`, `-p` and `-d` in the C locale. */
export function readPrinters(names: string, states: string, standard: string): PrinterInfo[] {
  const preferred = /destination: (\S+)/.exec(standard)?.[1]
  const told = new Map(
    [...states.matchAll(/^printer (\S+) (.*)$/gm)].map(([, name = '', rest = '']) => [name, stateIn(rest)]),
  )
  return names
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name, isDefault: name === preferred, state: told.get(name) ?? 'unknown' }))
}

function stateIn(text: string): PrinterInfo['state'] {
  if (text.startsWith('disabled')) return 'stopped'
  if (text.startsWith('now printing')) return 'printing'
  return text.startsWith('is idle') ? 'idle' : 'unknown'
}

function run(program: string, args: readonly string[], input?: Uint8Array): Promise<Ran> {
  return new Promise((resolve) => {
    // Words are read in English, whatever the system speaks; arguments never pass through a shell.
    const child = spawn(program, args, {
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let out = ''
    const timer = setTimeout(() => child.kill(), patienceMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text))
    // A program that ends without reading closes the pipe; its code tells why.
    child.stdin.on('error', () => {})
    child.on('error', () => resolve({ code: null, out: '' }))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, out })
    })
    child.stdin.end(input)
  })
}
