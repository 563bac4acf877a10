// The cost of the schedule: no statement about appointments walks a table, however many years it holds.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import * as queries from './queries.ts'

test('no statement of the schedule walks a whole table', async () => {
  await using clinic = await testClinic()
  expect(tableWalks(clinic, queriesOf(queries))).toEqual([])
})
