// The red frame around a record that an emergency has opened: how long it lasts, and the way to end it now.
import { type ReactNode, useEffect, useState } from 'react'
import { errorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import type { Emergency } from '../shared/emergency.ts'
import { accessTexts } from './i18n.ts'
import './access.css'

export interface EmergencyFrameProps {
  readonly patientId: PatientId
  readonly onEnded: () => void
  readonly children: ReactNode
}

export function EmergencyFrame({ patientId, onEnded, children }: EmergencyFrameProps) {
  const may = useMay()
  const state = useRead(access, 'emergency', { patientId }, { enabled: may('breakGlass.C') })
  const emergency = state.data?.emergency
  if (!emergency) return children
  return (
    <div className="acc-frame">
      <Bar patientId={patientId} emergency={emergency} onEnded={onEnded} />
      {children}
    </div>
  )
}

function Bar({
  patientId,
  emergency,
  onEnded,
}: {
  patientId: PatientId
  emergency: Emergency
  onEnded: () => void
}) {
  const t = useTexts(accessTexts)
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  const end = useAct(access, 'endBreakGlass', {
    onDone: () => {
      showToast({ text: t('emergency.ended') })
      onEnded()
    },
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  return (
    <div className="acc-bar" role="status">
      <span>{t('emergency.bar', { left: leftOf(Date.parse(emergency.until) - now) })}</span>
      <Button small loading={end.isPending} onClick={() => end.start({ patientId })}>
        {t('emergency.end')}
      </Button>
    </div>
  )
}

/** Hours and minutes as a clock shows them: the same in each language. */
function leftOf(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
