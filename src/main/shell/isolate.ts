// Isolated readers in Electron: a utility process without environment, output, keys or database (PAR-01).
// Same port as `#core/isolate/spawn.ts` on plain Node.
import { app, utilityProcess } from 'electron'
import { findWorker } from '#core/isolate/find-worker.ts'
import type { FromWorker } from '#core/isolate/protocol.ts'
import { runIsolated, type WorkerProcess } from '#core/isolate/run.ts'
import type { SpawnIsolated } from '#core/rpc/services.ts'

export const spawnIsolated: SpawnIsolated = (options) => {
  const { file } = findWorker(options.worker)
  return runIsolated(startUtility(file, options.memoryMb), options)
}

function startUtility(file: string, memoryMb: number): WorkerProcess {
  const child = utilityProcess.fork(file, [], {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    env: {},
    stdio: 'ignore',
    serviceName: 'osler-reader',
  })
  return {
    post: (message) => child.postMessage(message),
    kill: () => void child.kill(),
    onMessage: (listener) => child.on('message', (message: FromWorker) => listener(message)),
    onExit: (listener) => child.once('exit', (code) => listener(code === 134 || code === 5)),
    residentBytes: () => residentBytes(child.pid),
  }
}

function residentBytes(pid: number | undefined): number | null {
  const metric = app.getAppMetrics().find((m) => m.pid === pid)
  return metric ? metric.memory.workingSetSize * 1024 : null
}
