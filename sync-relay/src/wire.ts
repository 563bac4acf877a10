// What travels between a clinic's workstations and the relay: clear headers, limits, replies, refusals.
// The sealed bodies are opaque here. This package owns the format and has no way to open a body.
import * as z from 'zod'

/** First byte of every header and part of `/v1/info`. The relay serves this version and the one before. */
export const wireVersion = 1

const KiB = 1024
const MiB = 1024 * KiB

/** Caps the relay enforces and clients plan with. Bytes are counted on the wire, after sealing and padding. */
export const limits = {
  /** One upload of segments. */
  push: { maxSegments: 64, maxBytes: 4 * MiB },
  /** One page of a download. */
  page: { maxSegments: 1000, maxBytes: 4 * MiB },
  /** Pairing mailbox: one message, its life, and how often a wrong invitation may be tried. */
  mailbox: { maxBytes: 8 * KiB, lifeSeconds: 600, maxTries: 5 },
  /** Frames of the hint socket, and how much may wait for a slow reader before hints are dropped or it is closed. */
  socket: { maxFrameBytes: 4 * KiB, dropHintsAboveBytes: 64 * KiB, closeAboveBytes: 1 * MiB, perDevice: 3 },
  /** Requests of one device. */
  device: { requestsPerSecond: 20, burst: 100, blobTransfers: 2 },
  /** Life of a device's session token. */
  session: { lifeSeconds: 900 },
  /** Group transaction: how long a push may wait for company, and how much may wait in all. */
  queue: { maxWaitMs: 5, maxBytes: 64 * MiB },
} as const

/** Sizes a sealed segment is padded to, so that its length tells little about its content. */
export const paddedSizes = [1 * KiB, 4 * KiB, 16 * KiB, 64 * KiB, 256 * KiB] as const

const hexBytes = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `expected ${bytes} bytes in lower-case hex`)

/** Gap-free number of a commit within its writer, from 1. */
const Sequence = z.int().positive()
/** Place of a segment in a space's log, from 1. */
const Position = z.int().positive()

/** The clinic, as the relay knows it. */
export const SpaceId = hexBytes(16)
/** A workstation's incarnation: a restored machine gets a new one. */
export const WriterId = hexBytes(16)
export const CommitHash = hexBytes(32)
/** Ed25519, over label, clinic, writer, last sequence and last hash of the run. */
export const RunSignature = hexBytes(64)

/** `prev` of a writer's very first commit. */
export const zeroHash = '0'.repeat(64)

/** Takes the next number of a shared counter together with the segment, or neither (SYNC 2.20, mode C). */
export const CounterClaim = z.strictObject({
  token: hexBytes(16),
  expected: z.int().nonnegative(),
})

/**
 * In clear on the wire and bound to the sealed body as associated data. It describes one run of one writer's
 * commits without a gap; the relay checks membership, signature, `from = stored + 1` and `prev = stored hash`.
 */
export const SegmentHeader = z
  .strictObject({
    version: z.literal(wireVersion),
    space: SpaceId,
    writer: WriterId,
    from: Sequence,
    to: Sequence,
    prev: CommitHash,
    head: CommitHash,
    signature: RunSignature,
    /** Number of the key epoch the body is sealed under; an old one is refused with `epoch`. */
    epoch: z.int().nonnegative(),
    /** Bytes of the sealed body. */
    size: z.int().positive().max(limits.push.maxBytes),
    claims: z.array(CounterClaim).max(16).optional(),
  })
  .refine((header) => header.from <= header.to, { path: ['to'], error: 'a run ends before it starts' })
  .refine((header) => (header.from === 1) === (header.prev === zeroHash), {
    path: ['prev'],
    error: 'the zero hash belongs to the first commit of a writer, and to no other',
  })

/** One upload. Bodies follow in the same order as their headers. */
export const PushHeaders = z
  .array(SegmentHeader)
  .min(1)
  .max(limits.push.maxSegments)
  .refine((headers) => headers.reduce((sum, header) => sum + header.size, 0) <= limits.push.maxBytes, {
    error: `an upload holds at most ${limits.push.maxBytes} bytes`,
  })

/** What the relay holds of one writer. A list of these is a vector. */
export const WriterHead = z.strictObject({
  writer: WriterId,
  seq: Sequence,
  hash: CommitHash,
})

/** Sent only after the segments are durable. The same run sent again gets the same answer. */
export const PushReply = z.strictObject({
  stored: z.array(z.strictObject({ writer: WriterId, to: Sequence, position: Position })),
  heads: z.array(WriterHead),
})

export const PageRequest = z.strictObject({
  /** Everything behind this position; 0 for the beginning. */
  after: z.coerce.number().int().nonnegative(),
})

/** One page. Bodies follow in the same order; `next` is absent when the page reaches the head. */
export const PageReply = z.strictObject({
  segments: z
    .array(z.strictObject({ position: Position, header: SegmentHeader }))
    .max(limits.page.maxSegments),
  next: Position.optional(),
  head: z.int().nonnegative(),
})

/** Why the relay said no: status code to refusal codes (SYNC 2.14). */
export const refusalStatus = {
  signed_out: 401,
  not_member: 403,
  fork: 409,
  epoch: 409,
  head: 409,
  taken: 409,
  too_large: 413,
  too_many: 429,
  busy: 503,
  quota: 507,
} as const

export const RefusalCode = z.enum(Object.keys(refusalStatus) as (keyof typeof refusalStatus)[])

export const Refusal = z.strictObject({
  code: RefusalCode,
  /** With `fork`: what the relay holds of that writer. */
  stored: WriterHead.optional(),
  /** With `too_many` and `busy`. */
  retryAfterSeconds: z.int().positive().optional(),
})

export const Info = z.strictObject({
  versions: z.array(z.int().positive()).min(1),
  /** Changes when the relay's storage starts anew, so that clients drop their cursors. */
  storeId: hexBytes(16),
  /** UTC instant, for clock offset measurement. */
  time: z.iso.datetime({ precision: 3 }),
  limits: z.strictObject({
    pushBytes: z.int().positive(),
    pushSegments: z.int().positive(),
    pageBytes: z.int().positive(),
    pageSegments: z.int().positive(),
  }),
})

export type CounterClaim = z.infer<typeof CounterClaim>
export type SegmentHeader = z.infer<typeof SegmentHeader>
export type WriterHead = z.infer<typeof WriterHead>
export type PushReply = z.infer<typeof PushReply>
export type PageRequest = z.infer<typeof PageRequest>
export type PageReply = z.infer<typeof PageReply>
export type RefusalCode = z.infer<typeof RefusalCode>
export type Refusal = z.infer<typeof Refusal>
export type Info = z.infer<typeof Info>
