// The three streams of a command: JSON out, progress on standard error, passwords and input in.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliError } from './usage.ts'

export function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** From the environment, which is emptied of it at once, or typed without an echo. */
export async function passwordFrom(variable: string, prompt: string): Promise<string> {
  const given = takeVariable(variable)
  if (given !== undefined) return given
  if (!process.stdin.isTTY) throw new CliError(`no password: set ${variable}, or run this at a terminal`)
  return await ask(prompt)
}

/** Child processes and crash reports must not find it there. */
export function takeVariable(name: string): string | undefined {
  const value = process.env[name]
  delete process.env[name]
  return value === '' ? undefined : value
}

function ask(prompt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    process.stderr.write(prompt)
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 })
    lines.on('SIGINT', () => {
      lines.close()
      reject(new CliError('cancelled'))
    })
    lines.once('line', (line) => {
      lines.close()
      process.stderr.write('\n')
      resolve(line)
    })
  })
}

const mostInput = 64 * 1024 * 1024

/** What was piped in; nothing at a terminal. */
export async function readInput(): Promise<string> {
  if (process.stdin.isTTY) return ''
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    size += bytes.length
    if (size > mostInput) throw new CliError('the input on standard input is larger than 64 MB')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}
