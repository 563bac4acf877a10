// Shows what toast.ts holds; a message stays while it is pointed at, long enough to reach Undo.
import { Cross, Error as ErrorIcon, InfoSign, Tick, WarningSign } from '@blueprintjs/icons'
import { useEffect, useState } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button, IconButton } from './Button.tsx'
import { dismissToast, newestOffer, type Toast, toastKey, useToasts } from './toast.ts'

const signs = { ok: Tick, bad: ErrorIcon, warn: WarningSign, info: InfoSign } as const

export function Toaster() {
  const toasts = useToasts()
  const offer = newestOffer(toasts)
  return (
    <div className="os-toaster" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} hasKey={toast === offer} />
      ))}
    </div>
  )
}

function ToastLine({ toast, hasKey }: { toast: Toast; hasKey: boolean }) {
  const t = useTexts(commonTexts)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || toast.tone === 'bad') return
    const timer = setTimeout(() => dismissToast(toast.id), toast.undo || toast.action ? 10_000 : 4_000)
    return () => clearTimeout(timer)
  }, [held, toast])
  const Sign = signs[toast.tone]
  const then = (run: () => unknown) => () => {
    dismissToast(toast.id)
    run()
  }
  return (
    <div
      className={`os-toast os-toast-${toast.tone}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Sign />
      <span className="os-grow">{toast.text}</span>
      {toast.undo ? (
        <Button
          small
          variant="minimal"
          kbd={hasKey && !toast.action ? toastKey : undefined}
          onClick={then(() => void toast.undo?.())}
        >
          {t('act.undo')}
        </Button>
      ) : null}
      {toast.action ? (
        <Button small variant="minimal" kbd={hasKey ? toastKey : undefined} onClick={then(toast.action.run)}>
          {toast.action.label}
        </Button>
      ) : null}
      <IconButton icon={<Cross />} label={t('act.close')} onClick={() => dismissToast(toast.id)} />
    </div>
  )
}
