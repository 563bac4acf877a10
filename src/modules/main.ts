// The registry of backend modules, one line per module. Order is of no consequence.
import type { ModuleDef } from '#core/rpc/module.ts'
import { chartModule } from '#modules/chart/main/handlers.ts'
import { clinicModule } from '#modules/clinic/main/handlers.ts'
import { importsModule } from '#modules/imports/main/handlers.ts'
import { notesModule } from '#modules/notes/main/handlers.ts'
import { patientsModule } from '#modules/patients/main/handlers.ts'
import { peopleModule } from '#modules/people/main/handlers.ts'
import { sessionModule } from '#modules/session/main/handlers.ts'

export const modules: readonly ModuleDef[] = [
  chartModule,
  clinicModule,
  importsModule,
  notesModule,
  patientsModule,
  peopleModule,
  sessionModule,
]
