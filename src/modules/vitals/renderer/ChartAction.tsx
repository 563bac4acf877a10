// The button in the banner of an open chart; V opens the sheet for the visit under way.
import { useState } from 'react'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { vitalsTexts } from './i18n.ts'
import { VitalsSheet } from './VitalsSheet.tsx'

export function VitalsAction({ patientId }: ChartActionProps) {
  const may = useMay()
  return may('vitals.C') ? <OpenSheet patientId={patientId} /> : null
}

function OpenSheet({ patientId }: ChartActionProps) {
  const t = useTexts(vitalsTexts)
  const [isOpen, setOpen] = useState(false)
  useShortcuts([{ keys: 'V', labelKey: vitalsTexts.key('key.open'), run: () => setOpen(true) }])
  return (
    <>
      <Button kbd="V" onClick={() => setOpen(true)}>
        {t('action')}
      </Button>
      {isOpen ? (
        <VitalsSheet patientId={patientId} encounterId={null} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}
