// The thread heavy backup work runs on: hashing and copying gigabytes must not stop the clinic for a moment. It has a
// read-only connection of its own; keys come by message, never by argument or environment.
import { parentPort } from 'node:worker_threads'
import { checkBackup, inspect, makeBackup, type Step, type Task, type Tell, unpack } from './tasks.ts'
import { BackupRefused } from './types.ts'

export interface WorkOrder {
  readonly task: Task
  /** One number: not 0 means stop. Read between pieces, while the thread is too busy for messages. */
  readonly stop: Int32Array
}

export type WorkReport =
  | { readonly kind: 'progress'; readonly step: Step; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly fault: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

class Cancelled extends Error {}
const tellEveryMs = 200

const port = parentPort
port?.once('message', ({ task, stop }: WorkOrder) => {
  let toldAt = 0
  const tell: Tell = (step, done, total) => {
    if (Atomics.load(stop, 0) !== 0) throw new Cancelled()
    const now = performance.now()
    if (done !== 0 && done < total && now - toldAt < tellEveryMs) return
    toldAt = now
    port.postMessage({ kind: 'progress', step, done, total } satisfies WorkReport)
  }
  void work(task, tell)
    .then(
      (value): WorkReport => ({ kind: 'done', value }),
      (error: unknown): WorkReport => {
        if (error instanceof Cancelled) return { kind: 'cancelled' }
        if (error instanceof BackupRefused) return { kind: 'refused', fault: error.fault }
        const { code, message } = error as { code?: unknown; message?: unknown }
        return { kind: 'failed', code: typeof code === 'string' ? code : 'UNKNOWN', message: String(message) }
      },
    )
    .then((report) => {
      port.postMessage(report)
      port.close()
    })
})

async function work(task: Task, tell: Tell): Promise<unknown> {
  switch (task.task) {
    case 'make':
      return await makeBackup(task, tell)
    case 'check':
      return checkBackup(task, tell)
    case 'unpack':
      return unpack(task, tell)
    case 'inspect':
      return inspect(task, tell)
  }
}
