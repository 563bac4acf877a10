// What a worker process and the machine say to each other; and the one error type an isolated run ends with.
// Zod-free and tiny, since every worker loads it.

export type ToWorker =
  | { readonly kind: 'start'; readonly data: unknown }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  /** One message was consumed: the worker may send another. */
  | { readonly kind: 'credit' }

export type FromWorker =
  | { readonly kind: 'ready' }
  /** One chunk was pulled by the reader. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'message'; readonly value: unknown }
  | { readonly kind: 'done' }
  /** The handler threw. What it threw may quote the file, so it stays in the worker. */
  | { readonly kind: 'failed' }

/** Messages on their way before a worker waits for its reader. */
export const messageWindow = 32

export type IsolateCode = 'TOO_SLOW' | 'TOO_MUCH_MEMORY' | 'READER_CRASHED' | 'CANCELLED'

export class IsolateError extends Error {
  readonly code: IsolateCode
  constructor(code: IsolateCode) {
    super(`isolated reader: ${code}`)
    this.name = 'IsolateError'
    this.code = code
  }
}
