// Clinic: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { clinic } from '../shared/contract.ts'
import { get, health, update } from './service.ts'
import { supportFile } from './support.ts'
import { sweepJob } from './sweep.ts'
import { compareTime, saveTimeSettings, timeJob, timeSettings } from './time.ts'
import * as tables from './tables.ts'

export const clinicModule: ModuleDef = {
  name: 'clinic',
  tables: Object.values(tables),
  schedule: (services) => [sweepJob(services), timeJob(services)],
  implementations: (services) => [
    implement(clinic, {
      get,
      update,
      health: (ctx) => health(services, ctx),
      supportFile: (ctx) => supportFile(services, ctx),
      timeSettings: (ctx) => timeSettings(services, ctx),
      saveTimeSettings: (ctx, input) => saveTimeSettings(services, ctx, input),
      compareTime: (ctx) => compareTime(services, ctx),
    }),
  ],
}
