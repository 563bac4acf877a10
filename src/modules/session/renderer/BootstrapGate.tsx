// Before a clinic is open: nothing here yet, closed since the last start, its kit not on paper yet, or something is wrong.
import { useState } from 'react'
import { useWindowState } from '#renderer/api/session-store.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { BrokenClinic } from './BrokenClinic.tsx'
import { ColdStart } from './ColdStart.tsx'
import { CreateClinic } from './CreateClinic.tsx'
import { DowntimeGate } from './DowntimeGate.tsx'
import { FirstStart } from './FirstStart.tsx'
import { KitGate } from './KitGate.tsx'
import { KitUnlock } from './KitUnlock.tsx'
import { RestoreGate } from './RestoreGate.tsx'
import { RotatingGate } from './RotatingGate.tsx'

export function BootstrapGate() {
  const state = useWindowState()
  return state.kind === 'bootstrap' ? <ByState status={state.status} /> : null
}

type Way = 'first' | 'create' | 'kit' | 'password' | 'restore' | 'downtime'

function ByState({ status }: { status: BootstrapStatus }) {
  const [way, setWay] = useState<Way>('first')
  const back = () => setWay('first')
  const { state } = status
  if (state === 'kit') return <KitGate status={status} />
  if (state === 'busy') return <RotatingGate status={status} />
  if (way === 'restore' && (state === 'broken' || state === 'none'))
    return <RestoreGate hasKeys={state === 'broken'} onBack={back} />
  if (state === 'closed' || state === 'broken') {
    if (way === 'kit') return <KitUnlock status={status} onBack={back} />
    if (way === 'downtime') return <DowntimeGate withKit={status.kitId !== null} onBack={back} />
    const onKit = () => setWay('kit')
    const onDowntime = () => setWay('downtime')
    if (state === 'closed' || way === 'password')
      return <ColdStart status={status} onKit={onKit} onDowntime={onDowntime} />
    return (
      <BrokenClinic
        status={status}
        onKit={onKit}
        onPassword={() => setWay('password')}
        onRestore={() => setWay('restore')}
        onDowntime={onDowntime}
      />
    )
  }
  if (way === 'create') return <CreateClinic status={status} onBack={back} />
  return <FirstStart onCreate={() => setWay('create')} onRestore={() => setWay('restore')} />
}
