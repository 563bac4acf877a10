// How many reader processes run at a time: each may take its full memory, and anybody can start many uploads at once.
import type { Services } from '#core/rpc/services.ts'
import { limits } from '../shared/limits.ts'

interface Queue {
  running: number
  /** Those who wait, first come first served. */
  readonly waiting: Set<() => void>
}

const queues = new WeakMap<Services, Queue>()

/** Runs when a place is free; a cancelled one waits no longer, and is left to `run` to refuse. */
export async function inTurn<T>(services: Services, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const queue = queues.get(services) ?? { running: 0, waiting: new Set() }
  queues.set(services, queue)
  while (queue.running >= limits.readers && !signal.aborted) await freedOr(queue, signal)
  queue.running += 1
  try {
    return await run()
  } finally {
    queue.running -= 1
    for (const wake of [...queue.waiting].slice(0, 1)) wake()
  }
}

function freedOr(queue: Queue, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      queue.waiting.delete(wake)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    queue.waiting.add(wake)
    signal.addEventListener('abort', wake)
  })
}
