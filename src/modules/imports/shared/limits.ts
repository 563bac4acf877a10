// Limits of SECURITY section 5, row "FHIR JSON". Plain numbers without zod: the isolated reader starts with them alone.

/** Bytes are counted after gunzip. */
export const limits = {
  /** One JSON document, and one line of NDJSON. */
  fileBytes: 10 * 1024 * 1024,
  /** One NDJSON file (bulk export): read line by line, never held whole. */
  ndjsonBytes: 2 * 1024 * 1024 * 1024,
  /** One patient of one batch as filing holds it: what was read of the resources, and their originals as packed. */
  groupBytes: 200 * 1024 * 1024,
  /** Reader processes at a time: each may take its full memory. */
  readers: 2,
  depth: 32,
  entries: 20_000,
  stringBytes: 1024 * 1024,
  secondsPerFile: 10,
  memoryMb: 256,
} as const

export const problemCodes = [
  'BAD_GZIP',
  'BAD_UTF8',
  'CANCELLED',
  'DANGEROUS_KEY',
  'DUPLICATE_KEY',
  'EMPTY_FILE',
  'ENTRY_WITHOUT_RESOURCE',
  'IDENTITY_MISMATCH',
  'INVALID_RESOURCE',
  'NOT_FHIR',
  'NOT_FILED',
  'NOT_JSON',
  'NOT_YOURS',
  'READER_CRASHED',
  'SAME_ID_TWICE',
  'TOO_DEEP',
  'TOO_LARGE',
  'TOO_LONG_STRING',
  'TOO_MANY_ENTRIES',
  'TOO_MUCH_MEMORY',
  'TOO_SLOW',
  'UNKNOWN_BUNDLE_TYPE',
  'UNREADABLE',
  'UNSUPPORTED_RESOURCE_VERSION',
  'VALUE_NOT_UNDERSTOOD',
] as const
export type ProblemCode = (typeof problemCodes)[number]

/** Said beside a resource that was taken all the same; every other code means that something was refused. */
export const noteCodes: readonly ProblemCode[] = [
  'SAME_ID_TWICE',
  'UNKNOWN_BUNDLE_TYPE',
  'UNSUPPORTED_RESOURCE_VERSION',
  'VALUE_NOT_UNDERSTOOD',
]
export const isRefusal = (code: ProblemCode): boolean => !noteCodes.includes(code)
