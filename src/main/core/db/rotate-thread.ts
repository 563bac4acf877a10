// The main side of rotate.worker.ts: one thread for all steps of one change of keys.
import { Worker } from 'node:worker_threads'
import { findWorker } from '../isolate/find-worker.ts'
import type { RotateWork } from './rotate-database.ts'
import type { RotateReport } from './rotate.worker.ts'
import type { CopyState, RotateTask } from './rotate-work.ts'

/** Disk full, file gone, out of memory: the code is the system's. */
class RotateFailed extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'RotateFailed'
    this.code = code
  }
}

/** Each step has closed what it opened when it answers; the thread ends with `run`. */
export async function withRotateThread<T>(run: (work: RotateWork) => Promise<T>): Promise<T> {
  const worker = new Worker(findWorker('rotate').file, { env: {}, argv: [], stdin: false })
  // Told to whichever step waits; without a listener the program would end of it.
  worker.on('error', () => {})
  try {
    return await run((task) => answerOf(worker, task))
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker, task: RotateTask): Promise<CopyState> {
  return new Promise((resolve, reject) => {
    const onError = (error: unknown) => reject(new RotateFailed('WORKER', String(error)))
    const onExit = () => reject(new RotateFailed('WORKER', 'the thread ended without a word'))
    worker.once('error', onError)
    worker.once('exit', onExit)
    worker.once('message', (report: RotateReport) => {
      worker.off('error', onError)
      worker.off('exit', onExit)
      if (report.ok) resolve(report.state)
      else reject(new RotateFailed(report.code, report.message))
    })
    const own = withOwnKeys(task)
    worker.postMessage(own)
    own.key.fill(0)
    if (own.step === 'encrypt') own.to.fill(0)
  })
}

/** Plain copies: a Buffer would take along the whole pool that it stands in. */
function withOwnKeys(task: RotateTask): RotateTask {
  const key = Uint8Array.from(task.key)
  return task.step === 'encrypt' ? { ...task, key, to: Uint8Array.from(task.to) } : { ...task, key }
}
