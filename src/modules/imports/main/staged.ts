// One resource between reading and filing, and how many of them are packed into a blob of the staging area:
// [length of head, 4 bytes][head: deflated JSON][originals, each deflated, one after another].
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Draft } from './map/map-resource.ts'
import type { ResourceKey } from './references.ts'

export interface StagedResource {
  /** Where it stood in its file: `entry[12]`, `line 3`, empty for a file of one resource. */
  readonly place: string
  readonly key: ResourceKey
  /** SHA-256 of the JSON text, hex. */
  readonly digest: string
  readonly title: string | null
  readonly clinicalAt: string | null
  /** Orders ids by when it happened; epoch milliseconds. */
  readonly atMs: number | null
  /** meta.lastUpdated in epoch milliseconds: tells which of two versions is the newer. */
  readonly versionMs: number | null
  readonly draft: Draft | null
  /** The JSON text exactly as received, deflated (raw). */
  readonly content: Uint8Array
}

/** A staged blob stays well below this; larger ones are split, so that no single row grows without bound. */
export const chunkBytes = 1024 * 1024
/** A head is a small multiple of the limits of one file; more than this was not written here. */
const largestHead = 256 * 1024 * 1024

type Head = (Omit<StagedResource, 'content'> & { readonly size: number })[]

export function packStaged(resources: readonly StagedResource[]): Buffer {
  const head: Head = resources.map(({ content, ...rest }) => ({ ...rest, size: content.length }))
  const packed = deflateRawSync(JSON.stringify(head), { level: 1 })
  const length = Buffer.alloc(4)
  length.writeUInt32LE(packed.length)
  return Buffer.concat([length, packed, ...resources.map((r) => r.content)])
}

export class GroupTooLarge extends Error {
  override readonly name = 'GroupTooLarge'
}

/** `room`: bytes that may still be taken; what this blob takes is taken off. */
export function unpackStaged(bytes: Uint8Array, room = { left: largestHead }): StagedResource[] {
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headEnd = 4 + blob.readUInt32LE(0)
  room.left -= blob.length - headEnd
  if (room.left <= 0) throw new GroupTooLarge()
  const head = inflateHead(blob.subarray(4, headEnd), room.left)
  room.left -= head.length
  const json = head.toString('utf8')
  let at = headEnd
  return (JSON.parse(json) as Head).map(({ size, ...rest }) => {
    const content = blob.subarray(at, at + size)
    at += size
    return { ...rest, content }
  })
}

function inflateHead(packed: Uint8Array, most: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: most })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new GroupTooLarge()
    throw error
  }
}

/** The original text again. */
export function originalOf(content: Uint8Array): string {
  return inflateRawSync(content, { maxOutputLength: 64 * 1024 * 1024 }).toString('utf8')
}
