// REL-03: trouble of the disk is told for what it is, with what to do, in both languages.
import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { addPending } from '../i18n/define.ts'
import { errorText } from './error-text.ts'

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: {} })
  addPending()
})

const told = (storage: string) => errorText({ code: 'UNAVAILABLE', details: { storage } })

test.each([
  ['SQLITE_FULL', /disk .* full.*not saved.*Make room/],
  ['ENOSPC', /disk .* full/],
  ['SQLITE_IOERR_FSYNC', /does not take what is written.*not saved.*open it again/],
  ['EROFS', /does not take what is written/],
  ['SQLITE_READONLY', /does not take what is written/],
  ['SQLITE_CORRUPT', /damaged and is not shown/],
  ['SQLITE_BUSY', /right now/],
])('REL-03: %s has words with a way out', (storage, words) => {
  expect(told(storage)).toMatch(words)
})

test('REL-04: a record that does not match its history says not to trust it', () => {
  expect(errorText({ code: 'RECORD_MISMATCH', details: {} })).toMatch(/Do not trust it.*paper.*Health/)
})
