// Which tests run in which project, and with what time limits. Playwright's end-to-end tests are not here.
import { defineConfig } from 'vitest/config'

// The SQLite driver crashes the whole process on older Node, which would look like a broken test run.
if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `Tests need Node 24 or newer, this is ${process.version}. Use "npm test" or "npm run check".`,
  )
}

const project = (name: string, include: string[], seconds: number) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', 'test/architecture/fixtures/**'],
    environment: 'node' as const,
    setupFiles: ['test/testkit/setup.ts'],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
})

/** Tests of the daily run that read larger figures at night (`OSLER_NIGHT`). */
const alsoAtNight = [
  'audit-canaries',
  'kill-and-loss',
  'power-cut',
  'disk-faults',
  'damaged-pages',
  'row-rollback',
  'migration-kill',
  'one-winner',
  'memory',
].map((name) => `test/integration/${name}.test.ts`)

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      reporter: ['text', 'lcov'],
      reportsDirectory: 'coverage',
    },
    projects: [
      project('unit', ['src/**/*.test.ts', 'sync-relay/src/**/*.test.ts', 'migrations/**/*.test.ts'], 20),
      project('integration', ['test/integration/**/*.test.ts'], 120),
      project('architecture', ['test/architecture/**/*.test.ts'], 120),
      project('night', ['test/night/**/*.test.ts', ...alsoAtNight], 1800),
    ],
  },
})
