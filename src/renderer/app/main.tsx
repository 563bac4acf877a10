// Where the window starts: words, modules, where we are, then the first screen.
import './no-eval.ts'
import 'normalize.css'
import '@blueprintjs/core/lib/css/blueprint.css'
import '@blueprintjs/select/lib/css/blueprint-select.css'
import '#ui/fonts.css'
import '#ui/theme.css'
import '#ui/ui.css'
import './shell.css'
import { BlueprintProvider } from '@blueprintjs/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { gates, rendererModules } from '#modules/renderer.tsx'
import { clearToasts } from '#ui/toast.ts'
import { queryClient } from '../api/hooks.ts'
import { watchCopies } from '../api/copies.ts'
import { onLeave, subscribeWindowState, windowState } from '../api/session-store.ts'
import { addPending } from '../i18n/define.ts'
import { setClinicLocale, startI18n } from '../i18n/i18n.ts'
import { listenForShortcuts } from './actions.ts'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { guardKeyPresses } from './key-presses.ts'
import { registerModules } from './registry.ts'
import { start } from './start.ts'

async function open(): Promise<void> {
  const place = document.getElementById('root')
  if (!place) throw new Error('no #root in the page')
  registerModules(rendererModules, gates)
  await startI18n()
  addPending()
  guardKeyPresses()
  listenForShortcuts()
  onLeave(clearToasts)
  watchCopies()
  subscribeWindowState(() => {
    const now = windowState()
    if (now.kind === 'signed-in') setClinicLocale(now.me.clinic.locale)
  })
  createRoot(place).render(
    <StrictMode>
      <BlueprintProvider>
        <QueryClientProvider client={queryClient}>
          <ErrorBoundary>
            <App />
          </ErrorBoundary>
        </QueryClientProvider>
      </BlueprintProvider>
    </StrictMode>,
  )
  await start()
}

void open()
