// Readers wait for each other.
import { expect, test } from 'vitest'
import type { Services } from '#core/rpc/services.ts'
import { limits } from '../shared/limits.ts'
import { inTurn } from './reader-queue.ts'

test('no more readers at a time than there are places; a cancelled one waits no longer', async () => {
  const services = {} as Services
  const { signal } = new AbortController()
  const releases: (() => void)[] = []
  let most = 0
  let running = 0
  const held = () =>
    inTurn(services, signal, async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => releases.push(resolve))
      running -= 1
    })
  const all = Array.from({ length: 5 }, held)
  expect(running).toBe(limits.readers)
  const cancelled = new AbortController()
  const stopped = inTurn(services, cancelled.signal, () => Promise.resolve('refused'))
  cancelled.abort()
  expect(await stopped).toBe('refused')
  for (let i = 0; i < 5; i += 1) {
    await expect.poll(() => releases.length).toBeGreaterThan(i)
    releases[i]?.()
  }
  await Promise.all(all)
  expect(most).toBe(limits.readers)
})
