// The day of clinic-day.ts in the desktop app.
import { liveThroughTheDay } from './clinic-day.ts'
import { test } from './support/electron-clinic.ts'

test('a clinic lives through a day by keyboard, within its budgets: desktop', async ({ clinic }) => {
  test.setTimeout(180_000)
  await liveThroughTheDay(clinic, 'en')
})
