// Chooses the outermost screen. The routed tree exists only while somebody is signed in and the window is unlocked.
import { useEffect } from 'react'
import { RouterProvider } from 'react-router/dom'
import { Button } from '#ui/Button.tsx'
import { EmptyState, useSlow } from '#ui/States.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { Toaster } from '#ui/Toaster.tsx'
import { followChanges } from '../api/hooks.ts'
import { useWindowState } from '../api/session-store.ts'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'
import { registeredGates } from './registry.ts'
import { appRouter } from './routes.tsx'
import { shellTexts } from './shell-texts.ts'
import { followMe, start } from './start.ts'

export function App() {
  return (
    <>
      <Outermost />
      <Toaster />
    </>
  )
}

function Outermost() {
  const state = useWindowState()
  const { Bootstrap, SignIn, Lock, Pending, StepUp } = registeredGates()
  const isIn = state.kind === 'signed-in'
  useEffect(() => {
    if (!isIn) return
    const stops = [followChanges(), followMe()]
    return () => {
      for (const stop of stops) stop()
    }
  }, [isIn])
  switch (state.kind) {
    case 'starting':
      return <Starting />
    case 'unreachable':
      return <NotIn title="start.unreachable" text="start.unreachableText" />
    case 'not-open':
      return <NotIn title="start.notOpen" text="start.notOpenText" />
    case 'bootstrap':
      return <Bootstrap />
    case 'signed-out':
      return <SignIn />
    case 'pending':
      return <Pending />
    case 'locked':
      return <Lock />
    case 'signed-in':
      return (
        <>
          <RouterProvider router={appRouter()} />
          <StepUp />
        </>
      )
  }
}

function Starting() {
  const t = useTexts(shellTexts)
  const slow = useSlow()
  return <div className="os-center">{slow ? <Spinner size={28} label={t('start.wait')} /> : null}</div>
}

interface NotInProps {
  readonly title: 'start.unreachable' | 'start.notOpen'
  readonly text: 'start.unreachableText' | 'start.notOpenText'
}

function NotIn({ title, text }: NotInProps) {
  const t = useTexts(shellTexts)
  const common = useTexts(commonTexts)
  return (
    <div className="os-center" role="alert">
      <EmptyState
        title={t(title)}
        text={t(text)}
        action={
          <Button intent="primary" autoFocus onClick={() => void start()}>
            {common('act.retry')}
          </Button>
        }
      />
    </div>
  )
}
