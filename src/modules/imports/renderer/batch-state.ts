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

export interface Acts {
  readonly addFiles: boolean
  readonly start: boolean
  readonly resume: boolean
  readonly cancel: boolean
  readonly undo: boolean
  readonly discard: boolean
}

/** While this window is sending files, the batch is neither filed nor thrown away. */
export function acts(
  { status, counts, files }: Pick<Batch, 'status' | 'counts' | 'files'>,
  isSending: boolean,
): Acts {
  const isOpen = !isSending && (status === 'staging' || status === 'ready')
  const isReading = files.some((file) => file.status === 'reading')
  return {
    addFiles: isOpen,
    start: isOpen && status === 'ready' && counts.resources > 0,
    resume: status === 'cancelled' && counts.filed < counts.groups,
    cancel: status === 'running' || (status === 'staging' && !isSending && files.length > 0),
    undo: status === 'done' || status === 'cancelled',
    discard: isOpen && !isReading,
  }
}

/** Announced files that nobody is sending or reading: the batch waits for a person. */
export const isStuck = ({ status, files }: Pick<Batch, 'status' | 'files'>, isSending: boolean): boolean =>
  status === 'staging' && !isSending && !files.some((file) => file.status === 'reading')

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
