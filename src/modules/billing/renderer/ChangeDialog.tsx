// The change to count out, large, until somebody says that it is done.
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { useMoney } from './use-money.ts'

interface ChangeDialogProps {
  readonly changeMinor: number
  readonly currency: string
  readonly onClose: () => void
}

export function ChangeDialog({ changeMinor, currency, onClose }: ChangeDialogProps) {
  const { t, formats } = useMoney()
  return (
    <Dialog
      title={t('change.title')}
      isOpen
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <Button type="submit" intent="primary" kbd="Enter" autoFocus>
          {t('change.given')}
        </Button>
      }
      width="small"
    >
      <p className="bl-change">{formats.money(changeMinor, currency)}</p>
    </Dialog>
  )
}
