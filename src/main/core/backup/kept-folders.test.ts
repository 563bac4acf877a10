// Folders that restores put aside: which they are, whose, and that a deletion cut short at any step is finished.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestKeyFile } from '#testkit/backup.ts'
import { testKeys } from '#testkit/keys.ts'
import { createKeptFolders } from './kept-folders.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-kept-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const keys = testKeys()
const name = 'before-restore-2026-03-02T08-00-00-000Z'
function keep(folder: string, whose: 'ours' | 'other' | 'damaged' | 'none' = 'ours'): void {
  const place = path.join(dir, folder)
  mkdirSync(path.join(place, 'attachments'), { recursive: true })
  writeFileSync(path.join(place, 'clinic.db'), Buffer.alloc(1000))
  writeFileSync(path.join(place, 'attachments', 'a1'), Buffer.alloc(500))
  if (whose === 'ours') writeTestKeyFile({ dir: place, keys })
  if (whose === 'other') writeTestKeyFile({ dir: place, keys: testKeys() })
  if (whose === 'damaged') writeFileSync(path.join(place, 'keys.json'), '{')
}

test('PRIV-05: folders of restores are listed with time, size and owner; nothing else in the clinic folder is one', () => {
  expect(createKeptFolders(path.join(dir, 'nowhere'), keys.clinicId).list()).toEqual([])
  keep(name)
  keep('before-restore-2026-04-02T08-00-00-000Z', 'other')
  keep('before-restore-2026-05-02T08-00-00-000Z', 'damaged')
  keep('before-restore-2026-06-02T08-00-00-000Z', 'none')
  for (const other of [
    'before-restore-',
    'before-restore-2026-99-99T08-00-00-000Z',
    'backups',
    'attachments',
  ])
    keep(other)
  writeFileSync(path.join(dir, 'before-restore-2026-07-02T08-00-00-000Z'), 'a file')
  const list = createKeptFolders(dir, keys.clinicId).list()
  expect(list.map((folder) => [folder.at, folder.whose])).toEqual([
    ['2026-03-02T08:00:00.000Z', 'ours'],
    ['2026-04-02T08:00:00.000Z', 'other'],
    ['2026-05-02T08:00:00.000Z', 'unknown'],
    ['2026-06-02T08:00:00.000Z', 'unknown'],
  ])
  expect(list.at(-1)).toMatchObject({ bytes: 1500, isLeaving: false })
})

test('PRIV-05: a deletion destroys the keys first, and one that was cut short is known and finished', () => {
  keep(name)
  const kept = createKeptFolders(dir, keys.clinicId)
  for (const bad of ['..', '../clinic', 'backups', `${name}/attachments`])
    expect(kept.remove(bad)).toBe(false)
  expect(kept.remove(name)).toBe(true)
  expect(readdirSync(dir)).toEqual([])
  expect(kept.remove(name)).toBe(false)
  // Killed after the rename, and after the keys.
  keep(`${name}.leaving`, 'none')
  expect(kept.list()).toMatchObject([{ name, whose: 'ours', isLeaving: true }])
  expect(kept.remove(name)).toBe(true)
  expect(existsSync(path.join(dir, `${name}.leaving`))).toBe(false)
})
