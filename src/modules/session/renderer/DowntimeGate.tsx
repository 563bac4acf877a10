// The copy of the day where the records do not open; what it holds and how it is shown is the downtime module's.
import { DowntimeReading, downtimeTexts } from '#modules/downtime/renderer/api.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { GateFrame } from './GateFrame.tsx'

export function DowntimeGate({ withKit, onBack }: { withKit: boolean; onBack: () => void }) {
  const t = useTexts(downtimeTexts)
  return (
    <GateFrame title={t('title')} wide>
      <DowntimeReading withKit={withKit} onBack={onBack} />
    </GateFrame>
  )
}
