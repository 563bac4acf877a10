// The thread a database is copied and re-keyed on: whoever asks how far it is gets an answer meanwhile. Keys come by
// message, never by argument or environment, and are overwritten after each step.
import { parentPort } from 'node:worker_threads'
import { type CopyState, type RotateTask, rotateTask } from './rotate-work.ts'

export type RotateReport =
  | { readonly ok: true; readonly state: CopyState }
  | { readonly ok: false; readonly code: string; readonly message: string }

const port = parentPort
port?.on('message', (task: RotateTask) => port.postMessage(report(task)))

function report(task: RotateTask): RotateReport {
  try {
    return { ok: true, state: rotateTask(task) }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown }
    return { ok: false, code: typeof code === 'string' ? code : 'UNKNOWN', message: String(message) }
  } finally {
    task.key.fill(0)
    if (task.step === 'encrypt') task.to.fill(0)
  }
}
