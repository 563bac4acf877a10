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
}

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
  return {
    info: (message, fields) => out.info(clean(fields), message),
    warn: (message, fields) => out.warn(clean(fields), message),
    error: (message, fields) => out.error(clean(fields), message),
  }
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
