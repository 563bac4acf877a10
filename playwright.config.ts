// End-to-end tests on out/: the Electron app and the browser door, one worker so timings stay comparable.
import { defineConfig } from '@playwright/test'
import { browserOptions } from './test/e2e/support/browser.ts'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: { trace: 'retain-on-failure', video: 'off', locale: 'en-US', timezoneId: 'Europe/Berlin' },
  projects: [
    { name: 'electron', testMatch: '**/*.electron.e2e.ts' },
    {
      name: 'chromium',
      testMatch: '**/*.web.e2e.ts',
      use: {
        // Loopback uses the clinic's own certificate until its authority exists; tests check it by themselves.
        ignoreHTTPSErrors: true,
        launchOptions: browserOptions,
      },
    },
  ],
})
