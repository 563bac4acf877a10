// Sends chosen files into a batch, one after the other, while people go on to other pages of this window.
// A lock or sign-out stops it and forgets the files (their names may be names of people); the batch stays unfinished.
import { useSyncExternalStore } from 'react'
import { isApiError, newOpId } from '#renderer/api/client.ts'
import { callProcedure, client } from '#renderer/api/hooks.ts'
import { onLeave } from '#renderer/api/session-store.ts'
import { type Batch, imports } from '../shared/contract.ts'
import type { PickedFile } from './picked-files.ts'

export interface Upload {
  readonly batchId: Batch['id']
  readonly total: number
  readonly done: number
  readonly failed: readonly PickedFile[]
  /** Name of the file on its way. */
  readonly now: string | null
  readonly state: 'sending' | 'finished' | 'stopped'
}

interface Job {
  upload: Upload
  waiting: PickedFile[]
  abort: AbortController
}

const jobs = new Map<string, Job>()
const listeners = new Set<() => void>()

onLeave(() => {
  for (const job of jobs.values()) job.abort.abort()
  jobs.clear()
  emit()
})

function emit(): void {
  for (const listener of listeners) listener()
}

function change(job: Job, part: Partial<Upload>): void {
  job.upload = { ...job.upload, ...part }
  emit()
}

export function useUpload(batchId: string): Upload | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => jobs.get(batchId)?.upload ?? null,
  )
}

/** Adds files to what is on its way for this batch, or begins. */
export function sendFiles(batchId: Batch['id'], files: readonly PickedFile[]): void {
  const running = jobs.get(batchId)
  if (running?.upload.state === 'sending') {
    running.waiting.push(...files)
    change(running, { total: running.upload.total + files.length })
    return
  }
  const upload: Upload = { batchId, total: files.length, done: 0, failed: [], now: null, state: 'sending' }
  const job: Job = { upload, waiting: [...files], abort: new AbortController() }
  jobs.set(batchId, job)
  emit()
  void run(job)
}

export function stopSending(batchId: string): void {
  const job = jobs.get(batchId)
  if (!job) return
  job.abort.abort()
  job.waiting = []
  change(job, { state: 'stopped', now: null })
}

export function sendAgain(batchId: Batch['id']): void {
  const failed = jobs.get(batchId)?.upload.failed ?? []
  jobs.delete(batchId)
  if (failed.length > 0) sendFiles(batchId, failed)
}

async function run(job: Job): Promise<void> {
  const { signal } = job.abort
  for (let next = job.waiting.shift(); next && !signal.aborted; next = job.waiting.shift()) {
    change(job, { now: next.name })
    try {
      await sendOne(job.upload.batchId, next, signal)
      change(job, { done: job.upload.done + 1 })
    } catch (error) {
      if (signal.aborted) return
      change(job, { failed: [...job.upload.failed, next] })
      // The batch takes no more files: the others would fare no better.
      if (isApiError(error) && error.code !== 'UNAVAILABLE' && error.code !== 'INTERNAL') {
        change(job, { failed: [...job.upload.failed, ...job.waiting.splice(0)] })
      }
    }
  }
  if (!signal.aborted) change(job, { state: 'finished', now: null })
}

async function sendOne(batchId: Batch['id'], { file, name }: PickedFile, signal: AbortSignal): Promise<void> {
  const { token } = await callProcedure(
    imports,
    'beginUpload',
    { batchId, name },
    { opId: newOpId(), signal },
  )
  await client.upload(token, file, signal)
}
