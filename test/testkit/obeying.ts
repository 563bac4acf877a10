// The parent's side of obeying-child.ts.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'

const child = path.join(import.meta.dirname, 'obeying-child.ts')

export interface Obeying extends AsyncDisposable {
  readonly pid: number
  /** Lines of the answer without the last, which says how it ended. */
  order(line: string): Promise<{ readonly lines: readonly string[]; readonly end: string }>
}

export async function obeyingChild(): Promise<Obeying> {
  const run: ChildProcess = spawn(process.execPath, [child], { stdio: ['pipe', 'pipe', 'inherit'] })
  if (!run.stdout || !run.stdin) throw new Error('no pipes')
  const lines = createInterface({ input: run.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the child has ended')
    return value as string
  }
  await next()
  return {
    pid: run.pid ?? 0,
    async order(line) {
      run.stdin?.write(`${line}\n`)
      const got: string[] = []
      for (;;) {
        const said = await next()
        if (/^(done|failed) /.test(said)) return { lines: got, end: said }
        got.push(said)
      }
    },
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => run.once('exit', resolve))
      run.stdin?.end()
      run.kill('SIGKILL')
      await gone
    },
  }
}

/** What an answer called saved. */
export const savedIn = (lines: readonly string[]): string[] =>
  lines.filter((l) => l.startsWith('saved ')).map((l) => l.slice(6))
export const refusedIn = (lines: readonly string[]): string[] =>
  lines.filter((l) => l.startsWith('refused ')).map((l) => l.slice(8))
