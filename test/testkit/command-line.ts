// For tests: the command line as somebody types it, each command a process of its own in a home of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export interface CommandResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever a command prints
  readonly json: any
}

export interface CommandLine {
  readonly start: (args: readonly string[], env?: Record<string, string>) => ChildProcess
  /** `input` is typed on standard input; the rest are variables. */
  readonly run: (args: readonly string[], more?: Record<string, string>) => Promise<CommandResult>
}

export function commandLine(home: string, password: string): CommandLine {
  // Without a session bus there is no keychain, whatever the machine that runs the tests has.
  const clean = {
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    OSLER_TIME_SERVERS: '',
    // Dozens of processes compile the same sources; half of their start is that.
    NODE_COMPILE_CACHE: path.join(home, 'compiled'),
  }
  const start: CommandLine['start'] = (args, env = {}) =>
    spawn(process.execPath, ['src/main/cli/index.ts', ...args], { cwd: root, env: { ...clean, ...env } })
  return {
    start,
    run: async (args, { input = '', ...env } = {}) => {
      const child = start(args, { OSLER_PASSWORD: password, ...env })
      let out = ''
      let err = ''
      child.stdout?.on('data', (part: Buffer) => (out += part.toString()))
      child.stderr?.on('data', (part: Buffer) => (err += part.toString()))
      child.stdin?.on('error', () => {})
      child.stdin?.end(input)
      const [code] = (await once(child, 'close')) as [number | null]
      const lines = out.split('\n').filter(Boolean)
      const isJson = lines.length === 1 && /^[[{"]/.test(out)
      return { code, out, err, json: isJson ? JSON.parse(out) : undefined }
    },
  }
}
