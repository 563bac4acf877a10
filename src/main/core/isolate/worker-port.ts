// The worker's side: runs one job and ends. The same file serves as a child process of plain Node and as an
// Electron utility process. A worker gets bytes and sends messages; it has no keys, no database, no environment.
import { type FromWorker, messageWindow, type ToWorker } from './protocol.ts'

export interface WorkerJob {
  readonly data: unknown
  readonly input: AsyncIterable<Uint8Array>
  /** Resolves when the next message may be sent. Values must be structured-clone safe. */
  readonly send: (value: unknown) => Promise<void>
}

interface Port {
  readonly post: (message: FromWorker) => void
  readonly onMessage: (listener: (message: ToWorker) => void) => void
}

/** Called once, at the end of a worker's entry file. */
export function serveWorker(handler: (job: WorkerJob) => Promise<void>): void {
  const port = openPort()
  const input = createInput(port)
  const outlet = createOutlet(port)
  port.onMessage((message) => {
    switch (message.kind) {
      case 'start':
        void handler({ data: message.data, input: input.iterable, send: outlet.send }).then(
          () => port.post({ kind: 'done' }),
          () => port.post({ kind: 'failed' }),
        )
        break
      case 'chunk':
        input.push(message.bytes)
        break
      case 'end':
        input.push(null)
        break
      case 'credit':
        outlet.credit()
        break
    }
  })
  port.post({ kind: 'ready' })
}

function createInput(port: Port) {
  const chunks: (Uint8Array | null)[] = []
  let wake: (() => void) | null = null
  async function* iterate(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (chunks.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const chunk = chunks.shift()
      if (chunk === null || chunk === undefined) return
      port.post({ kind: 'taken' })
      yield chunk
    }
  }
  return {
    iterable: { [Symbol.asyncIterator]: iterate } satisfies AsyncIterable<Uint8Array>,
    push(chunk: Uint8Array | null) {
      chunks.push(chunk)
      wake?.()
      wake = null
    },
  }
}

function createOutlet(port: Port) {
  let underway = 0
  let wake: (() => void) | null = null
  return {
    send: async (value: unknown) => {
      port.post({ kind: 'message', value })
      underway += 1
      while (underway >= messageWindow) await new Promise<void>((resolve) => (wake = resolve))
    },
    credit() {
      underway -= 1
      wake?.()
      wake = null
    },
  }
}

/** Electron's utility process has `process.parentPort`; a Node child has an IPC channel. */
function openPort(): Port {
  const { parentPort } = process as unknown as {
    parentPort?: {
      postMessage(message: unknown): void
      on(event: 'message', listener: (event: { data: ToWorker }) => void): void
    }
  }
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    }
  }
  // Without its parent nobody waits for an answer.
  process.on('disconnect', () => process.exit(0))
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => process.on('message', (message: ToWorker) => listener(message)),
  }
}
