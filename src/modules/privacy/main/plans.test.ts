// Lists and the questions of a breach walk no table: they are asked of clinics with a million audit entries.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import * as breach from './breach-queries.ts'
import * as queries from './queries.ts'

/** Small for good: requests, erasures and breaches of a clinic, which a page shows whole. */
const short = [
  'allRequests',
  'erasureRecords',
  'breachCases',
  'patientsWithOpenErasures',
  'affected',
  'affectedTotal',
]

test('PRIV-08: no question of this module walks a table of patients or of the audit trail', async () => {
  await using clinic = await testClinic()
  const walks = tableWalks(clinic, [...queriesOf(queries), ...queriesOf(breach)])
  expect(walks.filter((walk) => !short.includes(walk.split(':')[0] ?? ''))).toEqual([])
  expect(walks.filter((walk) => /audit_log|audit_patient|SCAN (a|more|p)\b/.test(walk))).toEqual([])
})
