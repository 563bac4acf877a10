// End-to-end tests on out/: the Electron app and the browser door, one worker so timings stay comparable.
import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const isRoot = process.getuid?.() === 0
const chromiumPath =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file))

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: { trace: 'retain-on-failure', video: 'off' },
  projects: [
    { name: 'electron', testMatch: '**/*.electron.e2e.ts' },
    {
      name: 'chromium',
      testMatch: '**/*.web.e2e.ts',
      use: {
        // Loopback uses the clinic's own certificate until its authority exists; tests check it by themselves.
        ignoreHTTPSErrors: true,
        launchOptions: {
          ...(chromiumPath ? { executablePath: chromiumPath } : {}),
          args: isRoot ? ['--no-sandbox'] : [],
        },
      },
    },
  ],
})
