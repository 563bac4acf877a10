// The registry of backend modules, one line per module. Order is of no consequence.
import type { ModuleDef } from '#core/rpc/module.ts'
import { chartModule } from './chart/main/handlers.ts'
import { clinicModule } from './clinic/main/handlers.ts'
import { importsModule } from './imports/main/handlers.ts'
import { notesModule } from './notes/main/handlers.ts'
import { patientsModule } from './patients/main/handlers.ts'
import { peopleModule } from './people/main/handlers.ts'
import { sessionModule } from './session/main/handlers.ts'

export const modules: readonly ModuleDef[] = [
  chartModule,
  clinicModule,
  importsModule,
  notesModule,
  patientsModule,
  peopleModule,
  sessionModule,
]
