// The registry of renderer modules: one line per module.
import type { Gates, RendererModule } from '#renderer/app/module.ts'
import { accessRenderer } from './access/renderer/routes.tsx'
import { auditRenderer } from './audit/renderer/routes.tsx'
import { oversightRenderer } from './oversight/renderer/routes.tsx'
import { chartRenderer } from './chart/renderer/routes.tsx'
import { clinicRenderer } from './clinic/renderer/routes.tsx'
import { downtimeRenderer } from './downtime/renderer/routes.tsx'
import { federationRenderer } from './federation/renderer/routes.tsx'
import { importsRenderer } from './imports/renderer/routes.tsx'
import { keysRenderer } from './keys/renderer/routes.tsx'
import { notesRenderer } from './notes/renderer/routes.tsx'
import { patientsRenderer } from './patients/renderer/routes.tsx'
import { peopleRenderer } from './people/renderer/routes.tsx'
import { schedulingRenderer } from './scheduling/renderer/routes.tsx'
import { backupsRenderer } from './backups/renderer/routes.tsx'
import { boardRenderer } from './board/renderer/routes.tsx'
import { vitalsRenderer } from './vitals/renderer/routes.tsx'
import { codesRenderer } from './codes/renderer/routes.tsx'
import { profileRenderer } from './profile/renderer/routes.tsx'
import { prescribingRenderer } from './prescribing/renderer/routes.tsx'
import { billingRenderer } from './billing/renderer/routes.tsx'
import { papersRenderer } from './papers/renderer/routes.tsx'
import { remindersRenderer } from './reminders/renderer/routes.tsx'
import { privacyRenderer } from './privacy/renderer/routes.tsx'
import { sessionGates, sessionRenderer } from './session/renderer/routes.tsx'

export const rendererModules: readonly RendererModule[] = [
  sessionRenderer,
  downtimeRenderer,
  federationRenderer,
  peopleRenderer,
  clinicRenderer,
  patientsRenderer,
  importsRenderer,
  keysRenderer,
  chartRenderer,
  notesRenderer,
  privacyRenderer,
  remindersRenderer,
  papersRenderer,
  billingRenderer,
  prescribingRenderer,
  profileRenderer,
  codesRenderer,
  vitalsRenderer,
  boardRenderer,
  backupsRenderer,
  schedulingRenderer,
  accessRenderer,
  oversightRenderer,
  auditRenderer,
]

export const gates: Gates = sessionGates
