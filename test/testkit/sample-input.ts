// Makes a small valid input for any procedure from its schema, so that generated tests grow by themselves.
import * as z from 'zod'

const texts = [
  'Sample text long enough',
  'sample',
  '2020-02-03',
  '2026-03-02T08:00:00.000Z',
  '01934b6a-0000-7000-8000-0000000000aa',
  'DE',
  'EUR',
  'Europe/Berlin',
  'sample@example.org',
  'http://127.0.0.1:9',
  'A'.repeat(43),
  'en',
  '730518',
]
const numbers = [1, 0, 10, 100]

export interface SampleOptions {
  /** Values for fields by name, wherever they stand. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** Tried first for every text that is typed freely. */
  readonly typed?: readonly string[]
  /** Fills also what may be left out, wherever the whole still passes. */
  readonly full?: boolean
}

export function sampleInput(schema: z.ZodType, options: SampleOptions = {}): unknown {
  // A span of time ends after it begins, and every sample of one form is the same instant.
  for (const until of [undefined, '2020-02-04', '2026-03-03T08:00:00.000Z']) {
    const fields = until === undefined ? options.fields : { until, ...options.fields }
    const tried = sample(schema, fields ? { ...options, fields } : options)
    if (schema.safeParse(tried).success) return tried
  }
  if (options.full) return sampleInput(schema, { ...options, full: false })
  const value = sample(schema, options)
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Error(`no sample for a schema: ${parsed.error.message}`)
  return value
}

function sample(schema: z.ZodType, options: SampleOptions): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault)
    return filled(schema.unwrap() as z.ZodType, options, undefined)
  if (schema instanceof z.ZodNullable) return filled(schema.unwrap() as z.ZodType, options, null)
  if (schema instanceof z.ZodBoolean) return false
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema instanceof z.ZodLiteral) return [...schema.values][0]
  if (schema instanceof z.ZodNull) return null
  if (schema instanceof z.ZodObject) return sampleObject(schema, options)
  if (schema instanceof z.ZodRecord) return sampleRecord(schema, options)
  if (schema instanceof z.ZodArray) {
    const mayBeEmpty = schema.safeParse([]).success
    const item = mayBeEmpty
      ? filled(schema.element as z.ZodType, options, undefined)
      : sample(schema.element as z.ZodType, options)
    if (item === undefined) return []
    const long = Array.from({ length: 20 }, () => item)
    const fitting = long.findIndex((_each, n) => schema.safeParse(long.slice(0, n + 1)).success)
    return long.slice(0, fitting + 1 || 1)
  }
  if (schema instanceof z.ZodUnion) return sample(schema.options[0] as z.ZodType, options)
  if (schema instanceof z.ZodLazy) return sample(schema.unwrap() as z.ZodType, options)
  if (schema instanceof z.ZodPipe) return sample(schema.in as z.ZodType, options)
  const fitting = [...(options.typed ?? []), ...texts, ...numbers].find(
    (candidate) => schema.safeParse(candidate).success,
  )
  if (fitting === undefined) throw new Error(`no sample for a ${schema.def.type}`)
  return fitting
}

/** What may be left out is filled where that is asked for and a sample of it is known. */
function filled(schema: z.ZodType, options: SampleOptions, otherwise: null | undefined): unknown {
  if (!options.full) return otherwise
  try {
    return sample(schema, options)
  } catch {
    return otherwise
  }
}

/** A record over a closed list of keys has to have them all; over any text it may be empty. */
function sampleRecord(schema: z.ZodRecord, options: SampleOptions): Record<string, unknown> {
  const keys = schema.keyType instanceof z.ZodEnum ? schema.keyType.options : []
  return Object.fromEntries(keys.map((key) => [key, sample(schema.valueType as z.ZodType, options)]))
}

function sampleObject(schema: z.ZodObject, options: SampleOptions): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const given = options.fields?.[name]
    const chosen = given !== undefined && field.safeParse(given).success ? given : sample(field, options)
    if (chosen !== undefined) value[name] = chosen
  }
  return value
}
