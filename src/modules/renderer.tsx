// The registry of renderer modules: one line per module.
import type { Gates, RendererModule } from '#renderer/app/module.ts'
import { chartRenderer } from './chart/renderer/routes.tsx'
import { clinicRenderer } from './clinic/renderer/routes.tsx'
import { importsRenderer } from './imports/renderer/routes.tsx'
import { notesRenderer } from './notes/renderer/routes.tsx'
import { patientsRenderer } from './patients/renderer/routes.tsx'
import { peopleRenderer } from './people/renderer/routes.tsx'
import { sessionGates, sessionRenderer } from './session/renderer/routes.tsx'

export const rendererModules: readonly RendererModule[] = [
  sessionRenderer,
  peopleRenderer,
  clinicRenderer,
  patientsRenderer,
  importsRenderer,
  chartRenderer,
  notesRenderer,
]

export const gates: Gates = sessionGates
