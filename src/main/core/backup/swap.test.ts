// A restore that is killed between any two steps leaves the old clinic or the new one, and never loses the old files.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decideSwap, finishSwap, isSwapDecided, stagingFolder } from './swap.ts'

/** A ledger of erasures with one order, told apart by its hash. */
const ledger = (...hashes: string[]) =>
  JSON.stringify({ v: 1, orders: hashes.map((hash) => ({ n: 1, prev: '', hash, sig: '', body: '' })) })
const at = '2026-11-26T05:00:00.000Z'
const kept = 'before-restore-2026-11-26T05-00-00-000Z'
let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-swap-'))
  build()
})
function build(): void {
  for (const name of ['clinic.db', 'clinic.db-wal', 'keys.json', 'keys.json.old', 'watermark', 'tries.json'])
    writeFileSync(path.join(dir, name), `old ${name}`)
  writeFileSync(path.join(dir, 'erasures'), ledger('aa'))
  mkdirSync(path.join(dir, 'attachments'))
  writeFileSync(path.join(dir, 'attachments', 'a1'), 'old attachment')
  mkdirSync(path.join(stagingFolder(dir), 'attachments'), { recursive: true })
  for (const name of ['clinic.db', 'keys.json', 'watermark', 'attachments/b2'])
    writeFileSync(path.join(stagingFolder(dir), name), `new ${name}`)
  writeFileSync(path.join(stagingFolder(dir), 'erasures'), ledger('bb'))
}
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const text = (...parts: string[]) => readFileSync(path.join(dir, ...parts), 'utf8')

function expectNew(): void {
  for (const name of ['clinic.db', 'keys.json', 'watermark', 'attachments/b2'])
    expect(text(name)).toBe(`new ${name}`)
  for (const name of ['clinic.db-wal', 'keys.json.old', 'attachments/a1', 'restore.json', 'restoring'])
    expect(existsSync(path.join(dir, name))).toBe(false)
  for (const name of ['clinic.db', 'clinic.db-wal', 'keys.json', 'keys.json.old', 'watermark'])
    expect(text(kept, name)).toBe(`old ${name}`)
  expect(text(kept, 'attachments', 'a1')).toBe('old attachment')
  // BAK-07: who was erased from the former one in the meantime is told to the new one.
  expect(text('erasures')).toBe(ledger('bb', 'aa'))
  expect(text(kept, 'erasures')).toBe(ledger('aa'))
}

test('without a decision the old clinic stands, and what was prepared is cleared away', () => {
  expect(finishSwap(dir)).toBe(false)
  expect(readdirSync(dir).toSorted()).toEqual(
    [
      'attachments',
      'clinic.db',
      'clinic.db-wal',
      'erasures',
      'keys.json',
      'keys.json.old',
      'tries.json',
      'watermark',
    ].toSorted(),
  )
  expect(text('clinic.db')).toBe('old clinic.db')
})

test('decided, the new one stands and the former files are kept by date', () => {
  expect(decideSwap(dir, at)).toBe(kept)
  expect(isSwapDecided({ dir })).toBe(true)
  expect(finishSwap(dir)).toBe(true)
  expectNew()
  expect(finishSwap(dir)).toBe(false)
  expectNew()
})

test('killed once before any one step, whichever, nothing is lost', () => {
  decideSwap(dir, at)
  const all: string[] = []
  finishSwap(dir, (step) => all.push(step))
  expect(all.length).toBeGreaterThan(10)
  for (const [n] of all.entries()) {
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir)
    build()
    decideSwap(dir, at)
    let count = 0
    expect(() =>
      finishSwap(dir, () => {
        if (count++ === n) throw new Error('killed')
      }),
    ).toThrow('killed')
    expect(finishSwap(dir)).toBe(true)
    expectNew()
  }
})

test('a decision that is no decision does not move anything', () => {
  writeFileSync(path.join(dir, 'restore.json'), '{"keptAs":"../../etc"}')
  expect(finishSwap(dir)).toBe(false)
  expect(text('clinic.db')).toBe('old clinic.db')
})
