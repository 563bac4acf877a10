// The day of journey.ts in the desktop app.
import { liveADay } from './journey.ts'
import { test } from './support/electron-clinic.ts'

test('a clinic starts, imports, writes, loses power, signs and locks: desktop', async ({ clinic }) => {
  test.setTimeout(180_000)
  await liveADay(clinic)
})
