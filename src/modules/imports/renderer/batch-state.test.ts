import { describe, expect, test } from 'vitest'
import type { Batch } from '../shared/contract.ts'
import { acts, isStuck, readPlace } from './batch-state.ts'

type Known = Pick<Batch, 'status' | 'counts' | 'files'>
const batch = (status: Batch['status'], counts: Partial<Batch['counts']> = {}, files: string[] = ['read']) =>
  ({
    status,
    counts: { resources: 5, filed: 0, groups: 3, ...counts },
    files: files.map((state) => ({ status: state })),
  }) as Known

describe('what can be done with a batch', () => {
  test('a read batch can be filed, added to or thrown away; an empty one cannot be filed', () => {
    expect(acts(batch('ready'), false)).toMatchObject({
      start: true,
      addFiles: true,
      discard: true,
      undo: false,
    })
    expect(acts(batch('ready', { resources: 0 }), false)).toMatchObject({ start: false, discard: true })
  })

  test('while files are still being sent nothing is settled', () => {
    expect(Object.values(acts(batch('ready'), true))).not.toContain(true)
  })

  test('a file being read keeps the batch from being thrown away', () => {
    const reading = batch('staging', {}, ['read', 'reading'])
    expect(acts(reading, false)).toMatchObject({ discard: false, cancel: true })
    expect(isStuck(reading, false)).toBe(false)
    expect(isStuck(batch('staging', {}, ['read', 'waiting']), false)).toBe(true)
    expect(isStuck(batch('staging', {}, ['waiting']), true)).toBe(false)
  })

  test('a stopped batch goes on or is taken back', () => {
    expect(acts(batch('cancelled', { filed: 2 }), false)).toMatchObject({
      resume: true,
      undo: true,
      discard: false,
    })
    expect(acts(batch('cancelled', { filed: 3 }), false)).toMatchObject({ resume: false, undo: true })
  })

  test('a batch taken back offers nothing', () => {
    expect(Object.values(acts(batch('undone'), false))).not.toContain(true)
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
