// The cost of notes: no statement walks a table.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import * as queries from './queries.ts'

test('no statement of notes walks a whole table', async () => {
  await using clinic = await testClinic()

  // The newest audit entry is read from the end of the log: one row, whatever its length.
  expect(tableWalks(clinic, queriesOf(queries))).toEqual([])
})
