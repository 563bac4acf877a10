// Structured logs through an allow-list: what is not named here cannot be printed, so no patient data can be.
import { pino } from 'pino'

/** The only fields a log line may carry. Ids and counts; never names, notes, parameters, paths of patients. */
export interface LogFields {
  readonly opId?: string
  readonly procedure?: string
  readonly code?: string
  readonly door?: string
  readonly ms?: number
  readonly count?: number
  readonly name?: string
  readonly version?: string
  readonly port?: number
  readonly pid?: number
  readonly job?: string
  /** Class and stack of an error, without its message: messages may quote data. */
  readonly error?: unknown
}

export interface Logger {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** The newest lines since the start, oldest first, as they stand in the file: for the support file. */
  recent(): readonly string[]
}

/** Enough to see what led to a fault, and small enough to read before it is sent. */
const keptLines = 200

const allowed = [
  'opId',
  'procedure',
  'code',
  'door',
  'ms',
  'count',
  'name',
  'version',
  'port',
  'pid',
  'job',
] as const

/** `destination`: a file path, or 2 for standard error. */
export function createLogger(destination: string | 2, level: 'info' | 'warn' | 'silent' = 'info'): Logger {
  const out = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: destination, sync: true, mkdir: true }),
  )
  const kept: string[] = []
  const write = (kind: 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    const line = clean(fields)
    kept.push(JSON.stringify({ at: new Date().toISOString(), kind, message, ...line }))
    if (kept.length > keptLines) kept.shift()
    out[kind](line, message)
  }
  return { info: write('info'), warn: write('warn'), error: write('error'), recent: () => [...kept] }
}

function clean(fields: LogFields = {}): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const key of allowed) if (fields[key] !== undefined) line[key] = fields[key]
  if (fields.error !== undefined) Object.assign(line, describe(fields.error))
  return line
}

/** Frames only: the first line of a stack repeats the message, which may quote what somebody typed. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorType: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = (error as { code?: unknown }).code
  return {
    errorType: error.name,
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    frames: frames.slice(0, 12).map((line) => line.trim()),
  }
}

/** Wraps a secret so that printing or serialising it by accident shows nothing. */
export class Secret<T> {
  readonly #value: T
  constructor(value: T) {
    this.#value = value
  }
  reveal(): T {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}
