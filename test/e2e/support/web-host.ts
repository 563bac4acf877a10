// The clinic served to a browser: the same command line `npm start` uses where there is no display. Ends only the
// process it started.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { commandLine, root } from './paths.ts'

const readyLine = /Osler is ready: (https:\/\/localhost:(\d+)\/)#([\w-]+)/
const startMs = 30_000

export interface WebHostOptions {
  readonly dir: string
  readonly env: Record<string, string>
}

export class WebHost {
  readonly #child: ChildProcess
  /** `https://localhost:PORT/`. */
  readonly origin: string
  readonly port: number
  readonly token: string

  private constructor(child: ChildProcess, match: RegExpExecArray) {
    this.#child = child
    this.origin = match[1] ?? ''
    this.port = Number(match[2])
    this.token = match[3] ?? ''
  }

  /** As printed, with the one-time token. */
  get address(): string {
    return `${this.origin}#${this.token}`
  }

  static async start({ dir, env }: WebHostOptions): Promise<WebHost> {
    const child = spawn(process.execPath, [commandLine, 'start', '--dir', dir, '--port', '0'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const told: string[] = []
    const match = await new Promise<RegExpExecArray>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready in time:\n${told.join('')}`)), startMs)
      const listen = (part: Buffer) => {
        told.push(part.toString('utf8'))
        const found = readyLine.exec(told.join(''))
        if (!found) return
        clearTimeout(timer)
        resolve(found)
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      child.once('error', reject)
      child.once('exit', (code) => {
        clearTimeout(timer)
        reject(new Error(`ended with ${code} before it was ready:\n${told.join('')}`))
      })
    })
    child.removeAllListeners('exit')
    return new WebHost(child, match)
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return
    const gone = once(this.#child, 'exit')
    this.#child.kill(signal)
    await gone
  }
}
