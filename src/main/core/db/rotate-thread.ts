// The main side of rotate.worker.ts: one thread for each step, which ends with it.
import { Worker } from 'node:worker_threads'
import { findWorker } from '../isolate/find-worker.ts'
import type { RotateWork } from './rotate-database.ts'
import type { RotateReport } from './rotate.worker.ts'
import type { CopyState, RotateTask } from './rotate-work.ts'

/** As the system's error of the same code, where there is one. */
class RotateFailed extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'RotateFailed'
    this.code = code
  }
}

export const onThread: RotateWork = (task) =>
  new Promise<CopyState>((resolve, reject) => {
    const worker = new Worker(findWorker('rotate').file, { env: {}, argv: [], stdin: false })
    let answer: RotateReport | null = null
    worker.once('message', (report: RotateReport) => {
      answer = report
    })
    worker.once('error', (error) => reject(new RotateFailed('WORKER', String(error))))
    // Only when it has ended are its connections closed for certain.
    worker.once('exit', () => {
      if (answer?.ok) resolve(answer.state)
      else if (answer) reject(new RotateFailed(answer.code, answer.message))
      else reject(new RotateFailed('WORKER', 'the thread ended without a word'))
    })
    // Plain copies: a Buffer would take along the whole pool that it stands in.
    const plain = (bytes: Uint8Array) => Uint8Array.from(bytes)
    const own: RotateTask =
      task.step === 'encrypt'
        ? { ...task, key: plain(task.key), to: plain(task.to) }
        : { ...task, key: plain(task.key) }
    worker.postMessage(own)
    own.key.fill(0)
    if (own.step === 'encrypt') own.to.fill(0)
  })
