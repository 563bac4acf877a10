// What the __module__ module offers, to whom, and what is written down about it. Read this page first.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id } from '#shared/ids.ts'

export const __Pascal__Item = z.strictObject({
  id: Id,
  rev: z.number().int(),
  name: z.string(),
})
export type __Pascal__Item = z.infer<typeof __Pascal__Item>

export const Add__Pascal__Item = z.strictObject({ name: z.string().trim().min(1).max(200) })
export type Add__Pascal__Item = z.infer<typeof Add__Pascal__Item>

// Choose the area of permissions.ts that fits; these two stand for "staff reads, admin changes".
export const __camel__ = contract('__camel__', {
  list: query({
    summary: 'All items, by name.',
    access: 'directory.R',
    audit: { action: '__module__.list', category: 'configuration' },
    reads: ['__snake___item'],
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(__Pascal__Item) }),
  }),
  add: command({
    summary: 'Add an item.',
    access: 'clinic.M',
    audit: { action: '__module__.add', category: 'configuration' },
    input: Add__Pascal__Item,
    output: __Pascal__Item,
  }),
})
