// Looks at, and breaks, the system calls of a running process with Debian's strace: it needs no compiler and no kernel
// module, and what it injects is what a failing disk answers.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

export interface Attached {
  /** Lets the process go on alone; resolves when everything seen is written. */
  detach(): Promise<void>
}

/** A missing tool is a failure with a way out, never a skipped proof. */
export function requireStrace(): void {
  if (spawnSync('strace', ['-V']).status === 0) return
  throw new Error('This test needs strace: apt-get install strace (npm test installs it when run as root).')
}

/** Resolves when the thread is traced: every later call is seen. */
export async function attach(pid: number, args: readonly string[]): Promise<Attached> {
  const tracer = spawn('strace', [...args, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] })
  await attached(tracer)
  return {
    async detach() {
      if (tracer.exitCode !== null) return
      const gone = once(tracer, 'exit')
      tracer.kill('SIGINT')
      await gone
    },
  }
}

function attached(tracer: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = ''
    tracer.stderr?.on('data', (d: Buffer) => {
      told += d.toString()
      if (/attached/.test(told)) resolve()
    })
    tracer.once('error', reject)
    tracer.once('exit', () => reject(new Error(`strace ended: ${told}`)))
  })
}
