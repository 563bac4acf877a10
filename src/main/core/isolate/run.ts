// The machine's side of one isolated run over any kind of process: feeding with back-pressure, messages in order,
// and the end of workers that hang, eat memory or die. How a process is started is spawn.ts, or the shell.
import type { IsolatedRun, IsolateOptions } from '../rpc/services.ts'
import { type FromWorker, type IsolateCode, IsolateError, messageWindow, type ToWorker } from './protocol.ts'

/** A started worker process, whatever made it. */
export interface WorkerProcess {
  post(message: ToWorker): void
  kill(): void
  onMessage(listener: (message: FromWorker) => void): void
  /** Called once when it is gone; `outOfMemory` where the way it died says so. */
  onExit(listener: (outOfMemory: boolean) => void): void
  /** Resident bytes, or `null` where that cannot be told. Watched, since buffers live outside the V8 heap limit. */
  residentBytes?(): number | null
}

/** What an idle Node process takes by itself, on top of the limit for the job. */
const baselineBytes = 128 * 2 ** 20
const memoryWatchMs = 200

export function runIsolated(worker: WorkerProcess, options: IsolateOptions): IsolatedRun {
  const queue: unknown[] = []
  const untaken: { resolve: () => void; reject: (error: IsolateError) => void }[] = []
  let wakeReader: (() => void) | null = null
  let end: 'open' | 'done' | IsolateError = 'open'
  let isStarted = false
  let isInputEnded = false
  let idle: NodeJS.Timeout | undefined

  const finish = (how: 'done' | IsolateCode) => {
    if (end !== 'open') return
    end = how === 'done' ? how : new IsolateError(how)
    clearTimeout(idle)
    clearInterval(memoryWatch)
    worker.kill()
    // A reader that ends well without wanting all input has taken what it needed.
    for (const waiting of untaken.splice(0)) {
      if (end === 'done') waiting.resolve()
      else waiting.reject(end)
    }
    wakeReader?.()
  }

  /** The clock runs only while the worker owes something: not while we wait for bytes or for our own reader. */
  const watchIdle = () => {
    clearTimeout(idle)
    const owes = !isStarted || isInputEnded || untaken.length > 0
    if (end !== 'open' || !owes || queue.length >= messageWindow) return
    idle = setTimeout(() => finish('TOO_SLOW'), options.idleSeconds * 1000)
  }

  const memoryWatch = setInterval(() => {
    const resident = worker.residentBytes?.() ?? 0
    if (resident > options.memoryMb * 2 ** 20 + baselineBytes) finish('TOO_MUCH_MEMORY')
  }, memoryWatchMs)

  worker.onMessage((message) => {
    if (end !== 'open') return
    switch (message.kind) {
      case 'ready':
        isStarted = true
        worker.post({ kind: 'start', data: options.data })
        break
      case 'taken':
        untaken.shift()?.resolve()
        break
      case 'message':
        queue.push(message.value)
        wakeReader?.()
        break
      case 'done':
        return finish('done')
      case 'failed':
        return finish('READER_CRASHED')
    }
    watchIdle()
  })
  worker.onExit((outOfMemory) => finish(outOfMemory ? 'TOO_MUCH_MEMORY' : 'READER_CRASHED'))
  watchIdle()

  async function* messages(): AsyncGenerator<unknown> {
    try {
      for (;;) {
        while (queue.length === 0 && end === 'open')
          await new Promise<void>((resolve) => (wakeReader = resolve))
        if (end instanceof IsolateError) throw end
        if (queue.length === 0) return
        const value = queue.shift()
        if (end === 'open') worker.post({ kind: 'credit' })
        watchIdle()
        yield value
      }
    } finally {
      // A reader that stops early leaves no process behind.
      finish('CANCELLED')
    }
  }

  return {
    messages: { [Symbol.asyncIterator]: messages },
    write(chunk) {
      if (end !== 'open') return end === 'done' ? Promise.resolve() : Promise.reject(end)
      worker.post({ kind: 'chunk', bytes: chunk })
      return new Promise((resolve, reject) => {
        untaken.push({ resolve, reject })
        watchIdle()
      })
    },
    end() {
      if (end !== 'open') return
      isInputEnded = true
      worker.post({ kind: 'end' })
      watchIdle()
    },
    kill: () => finish('CANCELLED'),
  }
}
