// Catches a screen that throws. The text says what is safe; the error itself is never shown (it may hold data).
import { Component, type ReactNode } from 'react'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/States.tsx'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return <Crashed onAgain={() => this.setState({ failed: false })} />
  }
}

/** Also the error element of every route. */
export function Crashed({ onAgain }: { onAgain?: () => void }) {
  const t = useTexts(commonTexts)
  const home = () => {
    window.location.hash = '#/'
    onAgain?.()
  }
  return (
    <div role="alert">
      <EmptyState
        title={t('state.crashed')}
        text={t('state.crashedText')}
        action={
          <>
            <Button intent="primary" onClick={home}>
              {t('state.home')}
            </Button>
            {onAgain ? <Button onClick={onAgain}>{t('act.retry')}</Button> : null}
          </>
        }
      />
    </div>
  )
}
