// The cost of prescribing: no statement walks a table.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import * as queries from './queries.ts'
import * as weight from './weight.ts'

test('no statement of prescribing walks a whole table', async () => {
  await using clinic = await testClinic()
  expect(tableWalks(clinic, [...queriesOf(queries), ...queriesOf(weight)])).toEqual([])
})
