// Before a clinic is open: nothing here yet, closed since the last start, its kit not on paper yet, or something is wrong.
import { useState } from 'react'
import { useWindowState } from '#renderer/api/session-store.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { BrokenClinic } from './BrokenClinic.tsx'
import { ColdStart } from './ColdStart.tsx'
import { CreateClinic } from './CreateClinic.tsx'
import { FirstStart } from './FirstStart.tsx'
import { KitGate } from './KitGate.tsx'
import { KitUnlock } from './KitUnlock.tsx'
import { RotatingGate } from './RotatingGate.tsx'

export function BootstrapGate() {
  const state = useWindowState()
  return state.kind === 'bootstrap' ? <ByState status={state.status} /> : null
}

type Way = 'first' | 'create' | 'kit' | 'password'

function ByState({ status }: { status: BootstrapStatus }) {
  const [way, setWay] = useState<Way>('first')
  const back = () => setWay('first')
  const { state } = status
  if (state === 'kit') return <KitGate status={status} />
  if (state === 'busy') return <RotatingGate status={status} />
  if (state === 'closed' || state === 'broken') {
    if (way === 'kit') return <KitUnlock status={status} onBack={back} />
    const onKit = () => setWay('kit')
    if (state === 'closed' || way === 'password') return <ColdStart status={status} onKit={onKit} />
    return <BrokenClinic status={status} onKit={onKit} onPassword={() => setWay('password')} />
  }
  if (way === 'create') return <CreateClinic status={status} onBack={back} />
  return <FirstStart onCreate={() => setWay('create')} />
}
