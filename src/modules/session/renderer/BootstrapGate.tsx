// Before a clinic is open: nothing here yet, closed since the last start, or something is wrong.
import { useState } from 'react'
import { useWindowState } from '#renderer/api/session-store.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { BrokenClinic } from './BrokenClinic.tsx'
import { ColdStart } from './ColdStart.tsx'
import { CreateClinic } from './CreateClinic.tsx'
import { FirstStart } from './FirstStart.tsx'

export function BootstrapGate() {
  const state = useWindowState()
  return state.kind === 'bootstrap' ? <ByState status={state.status} /> : null
}

function ByState({ status }: { status: BootstrapStatus }) {
  const [isCreating, setCreating] = useState(false)
  if (status.state === 'broken') return <BrokenClinic status={status} />
  if (status.state === 'closed') return <ColdStart status={status} />
  if (isCreating) return <CreateClinic status={status} onBack={() => setCreating(false)} />
  return <FirstStart onCreate={() => setCreating(true)} />
}
