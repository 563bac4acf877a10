// What a process wrote to the clinic's files, in order, read from a strace log: and the folder as it would be after a power
// cut at any point of it. Written is not on the disk: only what a sync has covered is.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type DiskEvent =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly data: Buffer }
  | { readonly kind: 'cut'; readonly file: string; readonly to: number }
  | { readonly kind: 'sync'; readonly file: string; readonly failed: boolean }
  | { readonly kind: 'remove'; readonly file: string }
  | { readonly kind: 'name'; readonly file: string; readonly to: string; readonly keep: boolean }
  /** A line on standard output: from here on it was promised. */
  | { readonly kind: 'said'; readonly line: string }

/** Everything that changes a file, and what is said; data in full. */
export const diskLogArgs = (log: string): string[] => [
  '-y',
  '-xx',
  '-s',
  '70000',
  '-o',
  log,
  '-e',
  'trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,link',
]

export function readDiskLog(log: string, dir: string): DiskEvent[] {
  const events: DiskEvent[] = []
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const event = eventOf(line, dir)
    if (event) events.push(event)
  }
  return events
}

const bytesOf = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
const nameOf = (escaped: string, dir: string): string | null => {
  const full = escaped.startsWith('\\x') ? bytesOf(escaped).toString() : escaped
  // The index of the log is shared memory that is made anew; nothing depends on its reaching the disk.
  return path.dirname(full) === dir && !full.endsWith('-shm') ? path.basename(full) : null
}

function eventOf(line: string, dir: string): DiskEvent | null {
  const written = /^pwrite64\(\d+<([^>]*)>, "([^"]*)", \d+, (\d+)\) = (\d+)/.exec(line)
  if (written) {
    const file = nameOf(written[1] ?? '', dir)
    const data = bytesOf(written[2] ?? '').subarray(0, Number(written[4]))
    return file === null ? null : { kind: 'write', file, at: Number(written[3]), data }
  }
  const synced = /^f(?:data)?sync\(\d+<([^>]*)>\) += (-?\d+)/.exec(line)
  if (synced) {
    const file = nameOf(synced[1] ?? '', dir)
    return file === null ? null : { kind: 'sync', file, failed: synced[2] !== '0' }
  }
  const cut = /^ftruncate\(\d+<([^>]*)>, (\d+)\) += 0/.exec(line)
  if (cut) {
    const file = nameOf(cut[1] ?? '', dir)
    return file === null ? null : { kind: 'cut', file, to: Number(cut[2]) }
  }
  const named = /^(rename|link)\("([^"]*)", "([^"]*)"\) += 0/.exec(line)
  if (named) {
    const file = nameOf(named[2] ?? '', dir)
    const to = nameOf(named[3] ?? '', dir)
    return file === null || to === null ? null : { kind: 'name', file, to, keep: named[1] === 'link' }
  }
  const removed = /^unlink(?:at)?\((?:AT_FDCWD[^,]*, )?"([^"]*)"(?:, 0)?\) += 0/.exec(line)
  if (removed) {
    const file = nameOf(removed[1] ?? '', dir)
    return file === null ? null : { kind: 'remove', file }
  }
  const said = /^write\(1<[^>]*>, "([^"]*)"/.exec(line)
  return said
    ? {
        kind: 'said',
        line: bytesOf(said[1] ?? '')
          .toString()
          .trim(),
      }
    : null
}

/** all: the disk took everything at once; synced: nothing it was not made to; torn: some of the rest, the last one in part. */
export type Cut = 'all' | 'synced' | 'torn'

type FileEvent = Extract<DiskEvent, { kind: 'write' | 'cut' | 'remove' }>

export class DiskReplay {
  readonly #durable = new Map<string, Buffer | null>()
  readonly #waiting: FileEvent[] = []
  readonly said: string[] = []

  constructor(start: ReadonlyMap<string, Buffer>) {
    for (const [file, bytes] of start) this.#durable.set(file, bytes)
  }

  apply(event: DiskEvent): void {
    if (event.kind === 'said') this.said.push(event.line)
    // Names are the folder's business, whose own journal keeps them in order; what they stand for was synced before.
    else if (event.kind === 'name') this.#rename(event)
    else if (event.kind !== 'sync') this.#waiting.push(event)
    else if (!event.failed) {
      const covered = this.#waiting.filter((e) => e.file === event.file)
      for (const e of covered) change(this.#durable, e)
      this.#waiting.splice(0, Infinity, ...this.#waiting.filter((e) => e.file !== event.file))
    }
  }

  #rename({ file, to, keep }: Extract<DiskEvent, { kind: 'name' }>): void {
    const waiting = this.#waiting.filter((e) => e.file === file)
    this.#waiting.splice(0, Infinity, ...this.#waiting.filter((e) => e.file !== file && e.file !== to))
    this.#waiting.push(...waiting.map((e) => ({ ...e, file: to })), ...(keep ? waiting : []))
    this.#durable.set(to, this.#durable.get(file) ?? null)
    if (!keep) this.#durable.set(file, null)
  }

  /** Leaves the folder as the cut would: shared memory is gone with the power. */
  putInto(dir: string, cut: Cut, random: () => number): void {
    const files = new Map(this.#durable)
    const kept = cut === 'synced' ? [] : this.#waiting.filter(() => cut === 'all' || random() < 0.5)
    const last = kept.at(-1)
    for (const e of kept) change(files, cut === 'torn' && e === last ? tornOf(e, random) : e)
    for (const name of readdirSync(dir)) rmSync(path.join(dir, name), { force: true })
    for (const [file, bytes] of files) if (bytes !== null) writeFileSync(path.join(dir, file), bytes)
  }
}

const sector = 512

function tornOf(event: FileEvent, random: () => number): FileEvent {
  if (event.kind !== 'write') return event
  const sectors = Math.floor((random() * event.data.length) / sector)
  return { ...event, data: event.data.subarray(0, sectors * sector) }
}

function change(files: Map<string, Buffer | null>, event: FileEvent): void {
  const before = files.get(event.file) ?? Buffer.alloc(0)
  if (event.kind === 'remove') files.set(event.file, null)
  else if (event.kind === 'cut') {
    const after = Buffer.alloc(event.to)
    before.copy(after, 0, 0, event.to)
    files.set(event.file, after)
  } else {
    const after = Buffer.alloc(Math.max(before.length, event.at + event.data.length))
    before.copy(after)
    event.data.copy(after, event.at)
    files.set(event.file, after)
  }
}
