// The day of clinic-day.ts in a browser, through the HTTPS door and in Arabic, from right to left.
import { liveThroughTheDay } from './clinic-day.ts'
import { test } from './support/web-clinic.ts'

test('a clinic lives through a day by keyboard, within its budgets: browser, in Arabic', async ({
  clinic,
}) => {
  test.setTimeout(180_000)
  await liveThroughTheDay(clinic, 'ar')
})
