// The database gets a new key: kills at any moment leave one generation that opens, with every row (KEY-07).
import { existsSync, readFileSync, statSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { readKeyFile } from '#core/keys/key-file.ts'
import { opensWith, rotateDatabase } from '#core/keys/rotate-database.ts'
import { seededRandom } from '#testkit/random.ts'
import {
  countRows,
  killMany,
  type RotatingClinic,
  rotatingClinic,
  rotationMoments,
  workOnce,
} from '#testkit/rotating.ts'
import { databaseOf, openByKit, ringOptions } from '#testkit/rotating-ring.ts'

const all: RotatingClinic[] = []
afterEach(() => {
  for (const clinic of all.splice(0)) clinic.remove()
})
async function made(rows: number): Promise<RotatingClinic> {
  const clinic = await rotatingClinic(rows)
  all.push(clinic)
  return clinic
}

test('KEY-07: a rotation leaves the same rows under a new key; the former key and file stay until a good backup', async () => {
  const clinic = await made(50)
  const file = databaseOf(clinic.dir)
  const ring = openByKit(clinic.dir, clinic.kit)
  const former = Buffer.from(ring.keys.database)
  const steps: string[] = []
  const generation = await rotateDatabase(file, ring.generations, '2026-03-02T08:00:00.000Z', (step) =>
    steps.push(step),
  )
  expect(generation).toBe(2)
  expect(steps).toEqual(['copying', 'encrypting', 'checking', 'swapping'])
  expect(Buffer.from(ring.keys.database).equals(former)).toBe(false)
  expect(opensWith(file, former)).toBe(false)
  expect(opensWith(file, ring.keys.database)).toBe(true)
  const old = `${file}.generation-1`
  expect(opensWith(old, former)).toBe(true)
  if (process.platform !== 'win32') expect(statSync(old).mode & 0o777).toBe(0o400)
  expect(countRows(clinic)).toBe(50)
  expect(await workOnce(clinic)).toBe(true)

  const names = () =>
    readKeyFile(ringOptions(clinic.dir).file)?.body.keys.filter((k) => k.name === 'database')
  expect(names()).toHaveLength(2)
  expect(ring.generations.forgetOthers()).toEqual([1])
  expect(names()).toMatchObject([{ generation: 2, madeAt: '2026-03-02T08:00:00.000Z' }])
  // Nor does the older copy of the key file hold it.
  const older = JSON.parse(readFileSync(`${ringOptions(clinic.dir).file}.old`, 'utf8')) as {
    body: { keys: { name: string; generation: number }[] }
  }
  expect(older.body.keys.filter((key) => key.name === 'database')).toMatchObject([{ generation: 2 }])
  expect(countRows(clinic)).toBe(51)
})

test('KEY-07: a log that still holds saves, or too little room, and nothing is changed', async () => {
  const clinic = await made(10)
  const file = databaseOf(clinic.dir)
  const ring = openByKit(clinic.dir, clinic.kit)
  const before = readFileSync(file)
  const { requireSpace, rotationSpace } = await import('#core/keys/rotate-database.ts')
  const space = rotationSpace(file)
  expect(space.neededBytes).toBe(Math.ceil(statSync(file).size * 2.2))
  expect(() => requireSpace({ ...space, freeBytes: space.neededBytes - 1 })).toThrow('UNAVAILABLE')
  const failing = rotateDatabase(file, ring.generations, '2026-03-02T08:00:00.000Z', (step) => {
    if (step === 'swapping') throw new Error('stopped here')
  })
  await expect(failing).rejects.toThrow('stopped here')
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(existsSync(`${file}.rotating`)).toBe(false)
  expect(countRows(clinic)).toBe(10)
  // The key that was never used is gone again.
  expect(openByKit(clinic.dir, clinic.kit).generations.list()).toHaveLength(1)
})

test('KEY-07: 100 kills during rotations: one generation always opens, no row is lost', async () => {
  const halves = await Promise.all([killMany(50, seededRandom(707)), killMany(50, seededRandom(708))])
  for (const moment of rotationMoments) {
    const times = halves.map((half) => half.get(moment) ?? 0)
    expect(Math.max(...times), moment).toBeGreaterThan(0)
  }
}, 300_000)
