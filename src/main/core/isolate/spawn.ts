// Isolated readers on plain Node: a child process with a heap limit, no environment, no output, and read access to
// program code only (PAR-01). The shell gives Electron's utility process through the same port.
import { fork } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import type { SpawnIsolated } from '../rpc/services.ts'
import { findWorker, type WorkerFile } from './find-worker.ts'
import { runIsolated, type WorkerProcess } from './run.ts'

export const spawnIsolated: SpawnIsolated = (options) =>
  runIsolated(forkWorker(findWorker(options.worker), options.memoryMb), options)

export function forkWorker({ file, codeRoot }: WorkerFile, memoryMb: number): WorkerProcess {
  const child = fork(file, [], {
    // Node's permission model also denies child processes, worker threads and native addons.
    execArgv: [`--max-old-space-size=${memoryMb}`, '--permission', ...readable(codeRoot)],
    serialization: 'advanced',
    // Windows cannot start a process without it.
    env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: codeRoot,
  })
  // A message that did not reach a dead worker is told by its exit.
  child.on('error', () => {})
  return {
    post: (message) => {
      if (child.connected) child.send(message, () => {})
    },
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => child.on('message', listener as (message: unknown) => void),
    onExit: (listener) => {
      child.on('exit', (code, signal) => listener(isOutOfMemory(code, signal)))
    },
    residentBytes: () => residentBytes(child.pid),
  }
}

/** Program code and its libraries, whose folder may be a link to one that is shared. */
function readable(codeRoot: string): string[] {
  const folders = new Set([codeRoot])
  const libraries = path.join(codeRoot, 'node_modules')
  if (existsSync(libraries)) folders.add(realpathSync(libraries))
  return [...folders].map((folder) => `--allow-fs-read=${folder}`)
}

/** V8 aborts at its heap limit; the kernel's out-of-memory killer sends SIGKILL. */
function isOutOfMemory(code: number | null, signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGABRT' || signal === 'SIGKILL' || signal === 'SIGTRAP' || code === 134
}

const pageBytes = 4096

function residentBytes(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * pageBytes
  } catch {
    return null
  }
}
