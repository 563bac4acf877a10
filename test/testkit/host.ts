// A clinic folder with its host, as the composition roots build it, with a small argon2 and a keychain in memory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ClinicHost, type HostOptions, openHost } from '#core/host.ts'
import { cataloguePlaces } from '#testkit/catalogues.ts'
import { spawnIsolated } from '#core/isolate/spawn.ts'
import { memoryDeviceSecrets } from '#core/keys/device-secret.ts'
import { createLogger } from '#core/log/logger.ts'
import type { Caller } from '#core/rpc/door-types.ts'
import { migrations } from '#migrations/index.ts'
import { modules } from '#modules/main.ts'
import { createAccount, setFirstCredential } from '#modules/people/main/api.ts'
import type { CreateClinic } from '#shared/bootstrap.ts'

/** Small on purpose: tests hash often and guard nothing. */
export const smallKdf = {
  slot: { memoryKib: 256, iterations: 1, parallelism: 1 },
  verifier: { memoryKib: 256, iterations: 1, parallelism: 1 },
}
export const testPassword = 'kettle whistle orbit mango seven'
export const testFounding: CreateClinic = {
  clinicName: 'Praxis am See',
  country: 'DE',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  locale: 'de',
  admin: { name: 'Anna Weber', username: 'anna', password: testPassword, isDoctor: true },
  kit: 'later',
}

export interface TestHost extends AsyncDisposable {
  readonly dir: string
  /** Opens a host of the folder; all are closed at the end. */
  open(more?: Partial<HostOptions>): Promise<ClinicHost>
  tick(ms: number): void
}

export function testHost(): TestHost {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-host-'))
  const secrets = memoryDeviceSecrets()
  const hosts: ClinicHost[] = []
  let now = Date.UTC(2026, 2, 2, 8)
  return {
    dir,
    async open(more = {}) {
      const host = await openHost({
        dir,
        door: 'ipc',
        modules,
        migrations,
        spawnIsolated,
        catalogues: cataloguePlaces(),
        secrets,
        kdf: smallKdf,
        log: createLogger(2, process.env.OSLER_TEST_LOG ? 'info' : 'silent'),
        clock: () => now,
        createPerson: (ctx, services, person, hashed) => {
          const id = createAccount(ctx, services, person)
          setFirstCredential(ctx, id, hashed)
          return id
        },
        ...more,
      })
      hosts.push(host)
      return host
    },
    tick(ms) {
      now += ms
    },
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export function testCaller(
  source = 'window-1',
  door: Caller['door'] = 'ipc',
): Caller & { token: string | null } {
  const self: Caller & { token: string | null } = {
    door,
    token: null,
    source,
    setToken: (t) => void (self.token = t),
  }
  return self
}
