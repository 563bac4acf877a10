// Readers gone wrong must not touch the clinic (PAR-01): 100 hangs, memory hogs and crashes, each ended and named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import type { IsolatedRun } from '../rpc/services.ts'
import { findWorker } from './find-worker.ts'
import { type FromWorker, IsolateError, messageWindow } from './protocol.ts'
import { runIsolated } from './run.ts'
import { forkWorker } from './spawn.ts'

const codeRoot = path.resolve(import.meta.dirname, '../../../..')
const file = path.join(import.meta.dirname, 'doubles.test-worker.ts')

function start(data: unknown, limits: { idleSeconds?: number; memoryMb?: number } = {}): IsolatedRun {
  const options = { worker: 'doubles', data, idleSeconds: 10, memoryMb: 64, ...limits }
  return runIsolated(forkWorker({ file, codeRoot }, options.memoryMb), options)
}

async function all(run: IsolatedRun): Promise<unknown[]> {
  const values: unknown[] = []
  for await (const value of run.messages) values.push(value)
  return values
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'ended well'
  } catch (error) {
    return error instanceof IsolateError ? error.code : String(error)
  }
}

test('bytes go in with back-pressure, messages come out in order', async () => {
  const run = start({ act: 'echo' })
  const feed = async () => {
    for (let n = 0; n < 200; n++) await run.write(new Uint8Array(1000).fill(n))
    run.end()
  }
  const [values] = await Promise.all([all(run), feed()])
  expect(values).toEqual(Array.from({ length: 200 }, (_, n) => ({ bytes: 1000, first: n })))
})

test('a worker that talks faster than it is listened to waits', async () => {
  const values = await all(start({ act: 'flood', count: 2000 }))
  expect(values).toEqual(Array.from({ length: 2000 }, (_, n) => n))
})

test('PAR-01: a worker has no environment and reads program code only', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-isolate-'))
  try {
    const secret = path.join(dir, 'keys.json')
    writeFileSync(secret, '{}')
    expect(await all(start({ act: 'look', path: secret }))).toEqual([{ env: [], read: 'ERR_ACCESS_DENIED' }])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('a killed run is cancelled for its reader and its writer', async () => {
  const run = start({ act: 'sleep' })
  const reading = codeOf(all(run))
  const writing = codeOf(run.write(new Uint8Array(1)))
  run.kill()
  expect([await reading, await writing]).toEqual(['CANCELLED', 'CANCELLED'])
  expect(await codeOf(run.write(new Uint8Array(1)))).toBe('CANCELLED')
})

test('a reader that stops listening ends the worker', async () => {
  const run = start({ act: 'flood', count: 1_000_000 })
  for await (const value of run.messages) if (value === 3) break
  expect(await codeOf(run.write(new Uint8Array(1)))).toBe('CANCELLED')
})

test('waiting for our own bytes, or for our own reader, is not the worker’s idleness', async () => {
  vi.useFakeTimers()
  try {
    let say: (message: FromWorker) => void = () => {}
    const port = {
      post: () => {},
      kill: () => {},
      onExit: () => {},
      onMessage: (listen: typeof say) => void (say = listen),
    }
    const run = runIsolated(port, { worker: 'x', idleSeconds: 10, memoryMb: 64 })
    say({ kind: 'ready' })
    vi.advanceTimersByTime(3600_000)
    const writing = run.write(new Uint8Array(1))
    vi.advanceTimersByTime(9_999)
    say({ kind: 'taken' })
    await writing
    for (let n = 0; n < messageWindow; n++) say({ kind: 'message', value: n })
    run.end()
    vi.advanceTimersByTime(3600_000)
    const reader = run.messages[Symbol.asyncIterator]()
    expect(await reader.next()).toEqual({ done: false, value: 0 })
    vi.advanceTimersByTime(10_000)
    expect(await codeOf(run.write(new Uint8Array(1)))).toBe('TOO_SLOW')
  } finally {
    vi.useRealTimers()
  }
})

const doubles: [string, Record<string, unknown>, string, { idleSeconds?: number; memoryMb?: number }?][] = [
  ['a busy loop', { act: 'hang' }, 'TOO_SLOW', { idleSeconds: 0.4 }],
  ['a promise that never settles', { act: 'sleep' }, 'TOO_SLOW', { idleSeconds: 0.4 }],
  ['a full heap', { act: 'heap' }, 'TOO_MUCH_MEMORY', { memoryMb: 32 }],
  ['buffers outside the heap', { act: 'buffers' }, 'TOO_MUCH_MEMORY', { memoryMb: 32 }],
  ['an error', { act: 'throw' }, 'READER_CRASHED'],
  ['a thrown string', { act: 'throw-string' }, 'READER_CRASHED'],
  ['an uncaught error', { act: 'abrupt' }, 'READER_CRASHED'],
  ['exit 0 without a word', { act: 'exit', count: 0 }, 'READER_CRASHED'],
  ['exit 3', { act: 'exit', count: 3 }, 'READER_CRASHED'],
  ['no such act, no message', { act: 'nothing' }, 'ended well'],
]
test.each(doubles)('PAR-01: %s, ten times', { timeout: 60_000 }, async (_name, order, code, limits) => {
  for (let round = 0; round < 5; round++) {
    const pair = await Promise.all([0, 1].map(() => codeOf(all(ended(start(order, limits))))))
    expect(pair).toEqual([code, code])
  }
})

function ended(run: IsolatedRun): IsolatedRun {
  run.end()
  return run
}

test('an unknown worker is a programming error, said at once', () => {
  expect(() => findWorker('no-such')).toThrow('there is no worker')
  expect(() => findWorker('../doubles')).toThrow('kebab-case')
})
