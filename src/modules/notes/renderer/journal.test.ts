// The journal on a clock of its own: never more than 300 ms behind the keyboard, never silent, never losing a word.
import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import type { OpId } from '#shared/ids.ts'
import type { NoteDocument } from '../shared/document.ts'
import { Journal, type NoteContent, sameContent } from './journal.ts'

const words = (text: string): NoteContent => ({
  title: 'Visit',
  body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
})
const textOf = (content: NoteContent) =>
  ((content.body.content[0]?.content?.[0] ?? {}) as { text?: string }).text ?? ''

/** A clinic that stores one draft, a keyboard, and a clock that only moves when told. */
function desk() {
  let now = 0
  let timers: { at: number; act: () => void }[] = []
  let ops = 0
  const answers = new Map<string, number>()
  const state = {
    typed: words(''),
    stored: { ...words(''), step: 0, updatedAt: '2026-01-01T00:00:00.000Z' },
    saves: [] as { at: number; text: string; opId: string }[],
    fail: null as ErrorCode | null,
    /** Written, but the answer never arrives. */
    loseReply: false,
    delay: 0,
  }
  const advance = async (ms: number) => {
    const end = now + ms
    for (;;) {
      await settle()
      const next = timers.toSorted((a, b) => a.at - b.at)[0]
      if (!next || next.at > end) break
      timers = timers.filter((timer) => timer !== next)
      now = Math.max(now, next.at)
      next.act()
    }
    now = end
    await settle()
  }
  const wait = (ms: number) =>
    ms === 0 ? Promise.resolve() : new Promise<void>((done) => void timers.push({ at: now + ms, act: done }))
  const journal = new Journal(
    {
      read: () => state.typed,
      now: () => now,
      newOpId: () => `op-${++ops}` as OpId,
      codeOf: (error) => (error instanceof AppError ? error.code : 'INTERNAL'),
      later: (act, ms) => {
        const timer = { at: now + ms, act }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
      load: async () => {
        if (state.fail === 'UNAVAILABLE') throw new AppError('UNAVAILABLE')
        return state.stored
      },
      save: async (step, content, opId) => {
        state.saves.push({ at: now, text: textOf(content), opId })
        await wait(state.delay)
        if (state.fail) throw new AppError(state.fail)
        const earlier = answers.get(opId)
        if (earlier !== undefined) return { step: earlier }
        if (step !== state.stored.step) throw new AppError('DRAFT_MOVED_ON')
        state.stored = { ...content, step: step + 1, updatedAt: '2026-01-01T00:00:00.000Z' }
        answers.set(opId, step + 1)
        if (state.loseReply) {
          state.loseReply = false
          throw new AppError('UNAVAILABLE')
        }
        return { step: step + 1 }
      },
    },
    0,
  )
  const type = (text: string) => {
    state.typed = words(text)
    journal.touched()
  }
  return { state, journal, advance, type }
}

/** Lets every promise that can go on go on. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

test('the first key is saved at once and the last one within 300 ms', async () => {
  const { state, journal, advance, type } = desk()
  let text = ''
  for (const letter of 'headache since Monday') {
    text += letter
    type(text)
    await advance(30)
  }
  const lastKeyAt = 30 * (text.length - 1)
  await advance(1000)
  expect(state.saves[0]).toMatchObject({ at: 0, text: 'h' })
  expect(textOf(state.stored)).toBe('headache since Monday')
  expect((state.saves.at(-1)?.at ?? 0) - lastKeyAt).toBeLessThanOrEqual(300)
  expect(state.saves.length).toBeLessThan(text.length / 2)
  expect(journal.state().kind).toBe('kept')
})

test('only one save is under way, and the next one carries the newest text', async () => {
  const { state, advance, type } = desk()
  state.delay = 500
  type('a')
  await advance(100)
  type('ab')
  await advance(300)
  type('abc')
  expect(state.saves).toHaveLength(1)
  await advance(100)
  expect(state.saves.map((save) => save.text)).toEqual(['a', 'abc'])
})

test('pauses in typing cause no further saves', async () => {
  const { state, advance, type } = desk()
  type('a')
  await advance(60_000)
  expect(state.saves).toHaveLength(1)
})

test('a failed save is told, retried with growing pauses and keeps the text', async () => {
  const { state, journal, advance, type } = desk()
  state.fail = 'UNAVAILABLE'
  type('chest pain')
  await advance(0)
  expect(journal.state()).toEqual({ kind: 'failed', code: 'UNAVAILABLE', again: true })
  type('chest pain on stairs')
  await advance(30_000)
  expect(journal.state().kind).toBe('failed')
  expect(state.saves.length).toBeLessThan(10)
  state.fail = null
  await advance(11_000)
  expect(textOf(state.stored)).toBe('chest pain on stairs')
  expect(journal.state().kind).toBe('kept')
})

test('a save whose answer was lost is repeated under the same opId and is no conflict', async () => {
  const { state, journal, advance, type } = desk()
  state.loseReply = true
  type('fever')
  await advance(100)
  type('fever 39')
  await advance(5000)
  expect(state.saves[0]?.opId).toBe(state.saves[1]?.opId)
  expect(textOf(state.stored)).toBe('fever 39')
  expect(journal.state().kind).toBe('kept')
})

test('a draft that moved on elsewhere is put before the person, and either choice is kept', async () => {
  for (const which of ['mine', 'theirs'] as const) {
    const { state, journal, advance, type } = desk()
    state.stored = { ...words('written in the other window'), step: 7, updatedAt: '2026-01-01T00:00:00.000Z' }
    type('written here')
    await advance(1000)
    const told = journal.state()
    expect(told).toMatchObject({ kind: 'moved-on', theirs: { step: 7 } })
    expect(state.saves).toHaveLength(1)
    if (which === 'theirs') state.typed = state.stored
    journal.choose(which)
    await advance(1000)
    expect(textOf(state.stored)).toBe(which === 'mine' ? 'written here' : 'written in the other window')
    expect(journal.state().kind).toBe('kept')
  }
})

test('a conflict with our own earlier save is settled without a question', async () => {
  const { state, journal, advance, type } = desk()
  state.stored = { ...words('same words'), step: 3, updatedAt: '2026-01-01T00:00:00.000Z' }
  type('same words')
  await advance(500)
  expect(journal.state().kind).toBe('kept')
  expect(journal.step).toBe(3)
})

test('flush keeps everything at once and says whether it could', async () => {
  const { state, journal, advance, type } = desk()
  type('a')
  await advance(10)
  type('ab')
  expect(await journal.flush()).toBe(true)
  expect(textOf(state.stored)).toBe('ab')
  state.fail = 'UNAVAILABLE'
  type('abc')
  expect(await journal.flush()).toBe(false)
  expect(journal.unsaved).toBe(true)
})

test('a definite no does not hammer the clinic, and the next try carries the newest text', async () => {
  const { state, journal, advance, type } = desk()
  state.fail = 'SESSION_LOCKED'
  type('a')
  await advance(60_000)
  expect(state.saves).toHaveLength(1)
  expect(journal.state()).toEqual({ kind: 'failed', code: 'SESSION_LOCKED', again: false })
  state.fail = null
  state.typed = words('ab')
  journal.retryNow()
  await advance(0)
  expect(textOf(state.stored)).toBe('ab')
})

test('after closing nothing is saved any more', async () => {
  const { state, journal, advance, type } = desk()
  type('a')
  await advance(10)
  journal.close()
  type('ab')
  await advance(1000)
  expect(state.saves).toHaveLength(1)
  expect(journal.unsaved).toBe(false)
})

test('a screen that goes away leaves its last words saving', async () => {
  const { state, journal, advance, type } = desk()
  state.fail = 'UNAVAILABLE'
  type('last words')
  await advance(0)
  journal.detach()
  state.typed = words('another patient')
  state.fail = null
  await advance(20_000)
  expect(textOf(state.stored)).toBe('last words')
})

test('content is compared by meaning, not by the order of keys', () => {
  const reordered: NoteDocument = {
    content: [{ content: [{ text: 'x', type: 'text' }], type: 'paragraph' }],
    type: 'doc',
  }
  expect(sameContent(words('x'), { title: 'Visit', body: reordered })).toBe(true)
  expect(sameContent(words('x'), { title: 'Other', body: reordered })).toBe(false)
})
