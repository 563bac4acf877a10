// The downtime module: a job and a last act at closing. It answers no procedure.
import type { ModuleDef } from '#core/rpc/module.ts'
import { writeCopy, writeJob } from './write-job.ts'

export const downtimeModule: ModuleDef = {
  name: 'downtime',
  tables: [],
  implementations: () => [],
  schedule: (services) => [writeJob(services)],
  atClose: (services) => async (ctx) => void (await writeCopy(services, ctx)),
}
