// The night figure of KEY-07: 500 kills while the database key is changed.
import { expect, test } from 'vitest'
import { killMany } from '#testkit/rotating.ts'
import { seededRandom } from '#testkit/random.ts'

test('KEY-07: 500 kills during rotations: one generation always opens, no row is lost', async () => {
  const halves = await Promise.all([killMany(250, seededRandom(1707)), killMany(250, seededRandom(1708))])
  const kills = halves.flatMap((half) => [...half.values()]).reduce((a, b) => a + b, 0)
  expect(kills).toBe(500)
})
