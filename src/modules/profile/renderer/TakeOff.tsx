// Taking an entry off that was made in error: asks why, since others may have relied on it.
import { useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { TextField } from '#ui/TextField.tsx'
import { profileTexts } from './i18n.ts'

export interface TakeOffProps {
  readonly isBusy: boolean
  readonly onTakeOff: (reason: string) => void
}

export function TakeOff({ isBusy, onTakeOff }: TakeOffProps) {
  const t = useTexts(profileTexts)
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const isTooShort = reason.trim().length < 3
  const go = () => {
    setTried(true)
    if (!isTooShort) onTakeOff(reason.trim())
  }
  if (!isOpen)
    return (
      <div>
        <Button variant="minimal" intent="danger" small onClick={() => setOpen(true)}>
          {t('takeOff.open')}
        </Button>
      </div>
    )
  return (
    <div className="pf-take-off" role="group" aria-label={t('takeOff.open')}>
      <TextField
        label={t('takeOff.reason')}
        value={reason}
        onChange={setReason}
        autoFocus
        maxLength={500}
        error={isTried && isTooShort ? t('takeOff.reasonNeeded') : null}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          go()
        }}
      />
      <Button intent="danger" onClick={go} loading={isBusy}>
        {t('takeOff.do')}
      </Button>
    </div>
  )
}
