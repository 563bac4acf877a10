// BAK-04: what is kept, over histories of every shape.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keeping, type Kept, toKeep } from './retention.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 26, 12)
const history = fc
  .array(fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }), { maxLength: 400, size: 'max' })
  .map((minutes) => minutes.map((m, i): Kept => ({ id: String(i), at: now - m * 60_000 })))
const dayOf = (at: number) => Math.floor(at / day)

test('BAK-04: 14 days, 8 weeks and 13 months stand for themselves, whatever the history', () => {
  fc.assert(
    fc.property(history, (list) => {
      const kept = toKeep(list, now)
      const sorted = list.toSorted((a, b) => b.at - a.at)
      if (sorted[0]) expect(kept.has(sorted[0].id)).toBe(true)
      const days = [...new Set(sorted.map((each) => dayOf(each.at)))].slice(0, keeping.daily)
      for (const each of days) expect(list.some((b) => kept.has(b.id) && dayOf(b.at) === each)).toBe(true)
      for (const [periods, name] of [
        [keeping.weekly, (at: number) => Math.floor((at / day + 3) / 7)],
        [keeping.monthly, (at: number) => new Date(at).toISOString().slice(0, 7)],
      ] as const) {
        const wanted = [...new Set(sorted.map((each) => name(each.at)))].slice(0, periods)
        for (const each of wanted) expect(list.some((b) => kept.has(b.id) && name(b.at) === each)).toBe(true)
      }
      const recent = list.filter((each) => each.at > now - 48 * 3_600_000)
      for (const each of recent) expect(kept.has(each.id)).toBe(true)
      expect(kept.size - recent.length).toBeLessThanOrEqual(keeping.daily + keeping.weekly + keeping.monthly)
    }),
    { numRuns: 100 },
  )
})

test('BAK-04: taken away day by day, nothing that will be wanted later is gone', () => {
  // A backup every four hours for two years: at the end there are still 13 months to go back.
  let list: Kept[] = []
  for (let hour = 0; hour < 2 * 365 * 24; hour += 4) {
    const at = Date.UTC(2025, 0, 1) + hour * 3_600_000
    list.push({ id: String(hour), at })
    const kept = toKeep(list, at)
    list = list.filter((each) => kept.has(each.id))
  }
  const months = new Set(list.map((each) => new Date(each.at).toISOString().slice(0, 7)))
  expect(months.size).toBe(keeping.monthly)
  expect(list.length).toBeLessThan(60)
})
