// The minute of a copied text, by a clock that is moved by hand.
import { expect, test } from 'vitest'
import { asCopied, copiedMs, keepCopies } from './copies.ts'

/** A clipboard and a clock. */
function desk() {
  const on = { clipboard: '', now: 0 }
  const due: { at: number; run: () => Promise<void> }[] = []
  const keeper = keepCopies<string>({
    holds: (text) => on.clipboard === text,
    empty: () => void (on.clipboard = ''),
    later: (ms, run) => {
      const entry = { at: on.now + ms, run }
      due.push(entry)
      return () => void due.splice(due.indexOf(entry), 1)
    },
  })
  return {
    on,
    keeper,
    copy: (text: string) => {
      on.clipboard = text
      keeper.copied(text)
    },
    pass: async (ms: number) => {
      on.now += ms
      for (const entry of due.filter(({ at }) => at <= on.now)) {
        due.splice(due.indexOf(entry), 1)
        await entry.run()
      }
    },
    waiting: () => due.length,
  }
}

test('SESS-03: what was copied is off the clipboard after 60 seconds, not before', async () => {
  const { on, copy, pass, waiting } = desk()
  expect(copiedMs).toBe(60_000)
  copy('penicillin')
  await pass(copiedMs - 1)
  expect(on.clipboard).toBe('penicillin')
  await pass(1)
  expect(on.clipboard).toBe('')
  expect(waiting()).toBe(0)
})

test('SESS-03: at lock it goes at once, and nothing comes later', async () => {
  const { on, copy, pass, keeper, waiting } = desk()
  copy('penicillin')
  await keeper.clear()
  expect(on.clipboard).toBe('')
  expect(waiting()).toBe(0)
  // What came from elsewhere meanwhile, were it the same words.
  on.clipboard = 'penicillin'
  await pass(copiedMs)
  await keeper.clear()
  expect(on.clipboard).toBe('penicillin')
})

test('SESS-03: what somebody copied elsewhere since is never taken away', async () => {
  const { on, copy, pass, keeper } = desk()
  copy('penicillin')
  on.clipboard = 'a shopping list'
  await pass(copiedMs)
  expect(on.clipboard).toBe('a shopping list')
  copy('penicillin')
  on.clipboard = 'a shopping list'
  await keeper.clear()
  expect(on.clipboard).toBe('a shopping list')
})

test('SESS-03: a second copy has its own minute, and the first one none any more', async () => {
  const { on, copy, pass } = desk()
  copy('penicillin')
  await pass(copiedMs - 1000)
  copy('latex')
  await pass(1000)
  expect(on.clipboard).toBe('latex')
  await pass(copiedMs - 1000)
  expect(on.clipboard).toBe('')
})

test('SESS-03: words are the same whatever a clipboard made of their blanks and line ends', () => {
  expect(asCopied(' Penicillin\u00a0V\r\n\tsince 2019\n')).toBe('Penicillin V since 2019')
  expect(asCopied('Penicillin V')).not.toBe(asCopied('PenicillinV'))
})
