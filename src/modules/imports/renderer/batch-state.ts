// Pure reading of a batch: is it at work, unfinished, what can be done with it, where a problem lies in words.
import type { Batch } from '../shared/contract.ts'

type Status = Batch['status']

/** Something is happening on its own: progress is worth asking for. */
export const isAtWork = (status: Status): boolean =>
  status === 'staging' || status === 'running' || status === 'undoing'

/** Waits for a person or was interrupted: marked in the list until it is settled. */
export const isUnfinished = (status: Status): boolean =>
  status === 'staging' ||
  status === 'ready' ||
  status === 'running' ||
  status === 'cancelled' ||
  status === 'undoing'

export const tones = {
  staging: 'info',
  ready: 'warn',
  running: 'info',
  done: 'ok',
  cancelled: 'warn',
  undoing: 'info',
  undone: 'neutral',
  discarded: 'neutral',
} as const satisfies Record<Status, string>

export const acts = (batch: Pick<Batch, 'status' | 'counts'>) => {
  const { status, counts } = batch
  const isEmpty = counts.resources === 0
  return {
    addFiles: status === 'staging' || status === 'ready',
    start: status === 'ready' && !isEmpty,
    resume: status === 'cancelled' && counts.filed < counts.groups,
    cancel: status === 'staging' || status === 'running',
    undo: status === 'done' || (status === 'cancelled' && counts.filed > 0),
    discard: status === 'ready' || (status === 'cancelled' && counts.filed === 0),
  }
}

/** Files of which nothing was heard since they were announced: only worth saying when nobody is sending. */
export const waitingFiles = (batch: Pick<Batch, 'files'>): number =>
  batch.files.filter((file) => file.status === 'waiting').length

export const readFiles = (batch: Pick<Batch, 'files'>): number =>
  batch.files.filter((file) => file.status === 'read' || file.status === 'refused').length

export interface Place {
  readonly kind: 'line' | 'byte' | 'entry' | 'path' | 'whole'
  readonly n: number
  readonly path: string
}

const one = (kind: Place['kind'], n = 0, path = ''): Place => ({ kind, n, path })

/**
 * `line 3, entry[12].resource.birthDate, byte 77` into parts that can be said in words. Entries count from 1, as
 * people do; the path within stays as it is.
 */
export function readPlace(place: string): Place[] {
  const parts = place.split(', ').filter((part) => part !== '' && part !== '$')
  if (parts.length === 0) return [one('whole')]
  return parts.flatMap((part): Place[] => {
    const counted = /^(line|byte) (\d+)$/.exec(part)
    if (counted) return [one(counted[1] === 'line' ? 'line' : 'byte', Number(counted[2]))]
    const entry = /^entry\[(\d+)\](?:\.resource(?=\.|$))?\.?(.*)$/.exec(part)
    if (!entry) return [one('path', 0, part)]
    return [one('entry', Number(entry[1]) + 1), ...(entry[2] ? [one('path', 0, entry[2])] : [])]
  })
}
