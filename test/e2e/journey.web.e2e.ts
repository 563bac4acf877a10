// The day of journey.ts in a browser, through the HTTPS door.
import { liveADay } from './journey.ts'
import { test } from './support/web-clinic.ts'

test('a clinic starts, imports, writes, loses power, signs and locks: browser', async ({ clinic }) => {
  test.setTimeout(180_000)
  await liveADay(clinic)
})
