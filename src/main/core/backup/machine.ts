// The main side of backup work: starts the thread, hands it task and keys, tells progress, stops it.
import { Worker } from 'node:worker_threads'
import { findWorker } from '../isolate/find-worker.ts'
import type { WorkOrder, WorkReport } from './backup.worker.ts'
import type { Unpacked } from './pack.ts'
import {
  perform,
  type CheckTask,
  type InspectTask,
  type MakeTask,
  type Proven,
  type RepackTask,
  type Step,
  type Task,
  type UnpackTask,
} from './tasks.ts'
import { type BackupFault, BackupRefused } from './types.ts'

export interface WorkOptions {
  /** On this thread: for tests of many small files, where starting threads would be most of the work. */
  readonly here?: true
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((step: Step, done: number, total: number) => void) | undefined
}

/** Thrown when the caller's signal ended the work; nothing was left behind. */
export class BackupCancelled extends Error {
  constructor() {
    super('backup work was cancelled')
    this.name = 'BackupCancelled'
  }
}

/** Disk full, file gone, out of memory: the code is the system's. */
export class BackupWorkFailed extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'BackupWorkFailed'
    this.code = code
  }
}

export const makeBackupFile = (task: Omit<MakeTask, 'task'>, options: WorkOptions = {}) =>
  run<Proven>({ task: 'make', ...task }, options)
export const checkBackupFile = (task: Omit<CheckTask, 'task'>, options: WorkOptions = {}) =>
  run<Proven>({ task: 'check', ...task }, options)
export const unpackBackupFile = (task: Omit<UnpackTask, 'task'>, options: WorkOptions = {}) =>
  run<Unpacked>({ task: 'unpack', ...task }, options)
export const inspectDatabase = (task: Omit<InspectTask, 'task'>, options: WorkOptions = {}) =>
  run<{ captureIsOwn: boolean }>({ task: 'inspect', ...task }, options)
export const repackBackupFile = (task: Omit<RepackTask, 'task'>, options: WorkOptions = {}) =>
  run<Proven>({ task: 'repack', ...task }, options)

function run<T>(task: Task, { signal, onProgress, here }: WorkOptions): Promise<T> {
  if (here) return perform(task, () => {}) as Promise<T>
  if (signal?.aborted) return Promise.reject(new BackupCancelled())
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(findWorker('backup').file, { env: {}, argv: [], stdin: false })
  const cancel = () => Atomics.store(stop, 0, 1)
  signal?.addEventListener('abort', cancel)
  return new Promise<T>((resolve, reject) => {
    worker.on('message', (report: WorkReport) => {
      switch (report.kind) {
        case 'progress':
          return onProgress?.(report.step, report.done, report.total)
        case 'done':
          return resolve(report.value as T)
        case 'refused':
          return reject(new BackupRefused(report.fault as BackupFault))
        case 'cancelled':
          return reject(new BackupCancelled())
        case 'failed':
          return reject(new BackupWorkFailed(report.code, report.message))
      }
    })
    worker.once('error', (error) => reject(new BackupWorkFailed('WORKER', String(error))))
    worker.once('exit', () =>
      reject(new BackupWorkFailed('WORKER', 'the backup thread ended without a word')),
    )
    worker.postMessage({ task, stop } satisfies WorkOrder)
  }).finally(() => signal?.removeEventListener('abort', cancel))
}
