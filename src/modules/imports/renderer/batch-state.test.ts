import { describe, expect, test } from 'vitest'
import type { Batch } from '../shared/contract.ts'
import { acts, readPlace } from './batch-state.ts'

const batch = (status: Batch['status'], counts: Partial<Batch['counts']> = {}) =>
  ({ status, counts: { resources: 5, filed: 0, groups: 3, ...counts } }) as Pick<Batch, 'status' | 'counts'>

describe('what can be done with a batch', () => {
  test('a read batch can be filed, added to or thrown away; an empty one cannot be filed', () => {
    expect(acts(batch('ready'))).toMatchObject({ start: true, addFiles: true, discard: true, undo: false })
    expect(acts(batch('ready', { resources: 0 }))).toMatchObject({ start: false, discard: true })
  })

  test('a stopped batch goes on, and is taken back or thrown away by what was filed', () => {
    expect(acts(batch('cancelled', { filed: 2 }))).toMatchObject({ resume: true, undo: true, discard: false })
    expect(acts(batch('cancelled'))).toMatchObject({ resume: true, undo: false, discard: true })
  })

  test('a batch taken back offers nothing', () => {
    expect(Object.values(acts(batch('undone')))).not.toContain(true)
  })
})

test.each([
  ['entry[12].resource.birthDate', ['entry 13', 'path birthDate']],
  ['entry[0]', ['entry 1']],
  ['entry[0].resource', ['entry 1']],
  ['line 3', ['line 3']],
  ['line 3, entry[2].resource.name[0], byte 77', ['line 3', 'entry 3', 'path name[0]', 'byte 77']],
  ['byte 1048577', ['byte 1048577']],
  ['', ['whole ']],
  ['resourceType', ['path resourceType']],
])('the place "%s" is understood', (text, parts) => {
  expect(readPlace(text).map(({ kind, n, path }) => `${kind} ${n || path}`)).toEqual(parts)
})
