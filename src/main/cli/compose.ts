// Composition for plain Node and for Electron's main process alike: hands the modules and migrations to core.
// What differs (door, keychain, isolated processes) comes in as an argument.
import path from 'node:path'
import type { CreatePerson } from '#core/bootstrap.ts'
import { type ClinicHost, type HostOptions, openHost } from '#core/host.ts'
import { spawnIsolated } from '#core/isolate/spawn.ts'
import { cronTicker } from '#core/jobs/cron.ts'
import { openDeviceSecrets } from '#core/keys/keyring-store.ts'
import { createLogger } from '#core/log/logger.ts'
import { leaveMemoryOutOfCoreDumps } from '#core/no-core-dumps.ts'
import { migrations } from '#migrations/index.ts'
import { modules } from '#modules/main.ts'
import { createAccount, setFirstCredential } from '#modules/people/main/api.ts'
import { demoClinic } from '../demo/demo-clinic.ts'
import { cataloguePlaces, resourcesFolder } from './app-files.ts'

/** No cost of password hashing and no clock: only tests choose those, and they build their own host. */
export type ComposeOptions = Pick<HostOptions, 'dir' | 'door'> &
  Partial<Pick<HostOptions, 'spawnIsolated' | 'secrets' | 'log' | 'openExternal'>>

export async function composeHost(options: ComposeOptions): Promise<ClinicHost> {
  // Whatever this process writes is for this user of the computer alone.
  process.umask(0o077)
  leaveMemoryOutOfCoreDumps()
  return await openHost({
    ...options,
    modules,
    migrations,
    createPerson,
    ticker: cronTicker,
    spawnIsolated: options.spawnIsolated ?? spawnIsolated,
    secrets: options.secrets ?? (await openDeviceSecrets()),
    catalogues: cataloguePlaces(),
    log: options.log ?? createLogger(logFile(options.dir)),
    demo: demoClinic(resourcesFolder()),
  })
}

export const logFile = (dir: string): string => path.join(dir, 'log', 'osler.log')

const createPerson: CreatePerson = (ctx, services, person, hashed) => {
  const id = createAccount(ctx, services, person)
  setFirstCredential(ctx, id, hashed).privateKey.fill(0)
  return id
}
