// The clear part of the wire format refuses what no honest workstation sends.
import { describe, expect, test } from 'vitest'
import {
  limits,
  PushHeaders,
  type SegmentHeader,
  SegmentHeader as Schema,
  wireVersion,
  zeroHash,
} from './wire.ts'

function header(change: Partial<SegmentHeader> = {}): SegmentHeader {
  return {
    version: wireVersion,
    space: '0a'.repeat(16),
    writer: '1b'.repeat(16),
    from: 1,
    to: 4,
    prev: zeroHash,
    head: '2c'.repeat(32),
    signature: '3d'.repeat(64),
    epoch: 0,
    size: 1024,
    ...change,
  }
}

describe('a segment header', () => {
  test('of a first run is accepted as it stands', () => {
    expect(Schema.parse(header())).toEqual(header())
  })

  test.each([
    ['a run that ends before it starts', header({ from: 5, to: 4, prev: '4e'.repeat(32) })],
    ['a first commit that claims a predecessor', header({ prev: '4e'.repeat(32) })],
    ['a later commit without a predecessor', header({ from: 2 })],
    ['sequence zero', header({ from: 0 })],
    ['upper-case hex', header({ writer: '1B'.repeat(16) })],
    ['a short hash', header({ head: '2c'.repeat(31) })],
    ['another version', { ...header(), version: 2 }],
    ['an unknown field', { ...header(), patient: 'x' }],
    ['a body over the limit', header({ size: limits.push.maxBytes + 1 })],
  ])('with %s is refused', (_what, value) => {
    expect(Schema.safeParse(value).success).toBe(false)
  })
})

describe('an upload', () => {
  test('holds at most 64 segments', () => {
    const many = Array.from({ length: limits.push.maxSegments + 1 }, () => header({ size: 1 }))
    expect(PushHeaders.safeParse(many.slice(1)).success).toBe(true)
    expect(PushHeaders.safeParse(many).success).toBe(false)
  })

  test('holds at most 4 MiB in all', () => {
    const half = limits.push.maxBytes / 2
    expect(PushHeaders.safeParse([header({ size: half }), header({ size: half })]).success).toBe(true)
    expect(PushHeaders.safeParse([header({ size: half }), header({ size: half + 1 })]).success).toBe(false)
  })
})
