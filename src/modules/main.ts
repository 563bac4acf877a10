// The registry of backend modules, one line per module. Order is of no consequence.
import type { ModuleDef } from '#core/rpc/module.ts'
import { accessModule } from './access/main/handlers.ts'
import { auditModule } from './audit/main/handlers.ts'
import { backupsModule } from './backups/main/handlers.ts'
import { billingModule } from './billing/main/handlers.ts'
import { boardModule } from './board/main/handlers.ts'
import { chartModule } from './chart/main/handlers.ts'
import { clinicModule } from './clinic/main/handlers.ts'
import { codesModule } from './codes/main/handlers.ts'
import { downtimeModule } from './downtime/main/handlers.ts'
import { federationModule } from './federation/main/handlers.ts'
import { importsModule } from './imports/main/handlers.ts'
import { keysModule } from './keys/main/handlers.ts'
import { notesModule } from './notes/main/handlers.ts'
import { oversightModule } from './oversight/main/handlers.ts'
import { papersModule } from './papers/main/handlers.ts'
import { patientsModule } from './patients/main/handlers.ts'
import { peopleModule } from './people/main/handlers.ts'
import { prescribingModule } from './prescribing/main/handlers.ts'
import { privacyModule } from './privacy/main/handlers.ts'
import { profileModule } from './profile/main/handlers.ts'
import { remindersModule } from './reminders/main/handlers.ts'
import { schedulingModule } from './scheduling/main/handlers.ts'
import { sessionModule } from './session/main/handlers.ts'
import { vitalsModule } from './vitals/main/handlers.ts'

export const modules: readonly ModuleDef[] = [
  accessModule,
  auditModule,
  backupsModule,
  billingModule,
  boardModule,
  chartModule,
  clinicModule,
  codesModule,
  downtimeModule,
  federationModule,
  importsModule,
  keysModule,
  notesModule,
  oversightModule,
  papersModule,
  patientsModule,
  peopleModule,
  prescribingModule,
  privacyModule,
  profileModule,
  remindersModule,
  schedulingModule,
  sessionModule,
  vitalsModule,
]
