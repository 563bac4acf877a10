// The button in the banner of an open chart; K opens a sick note that is filled in already: today, three days.
import { useState } from 'react'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { papersTexts } from './i18n.ts'
import { SickNoteDialog } from './SickNoteDialog.tsx'

export function SickNoteAction({ patientId }: ChartActionProps) {
  const may = useMay()
  return may('certificates.S') && may('certificates.R') ? <OpenSickNote patientId={patientId} /> : null
}

function OpenSickNote({ patientId }: ChartActionProps) {
  const t = useTexts(papersTexts)
  const [isOpen, setOpen] = useState(false)
  useShortcuts([{ keys: 'K', labelKey: papersTexts.key('sick.key'), run: () => setOpen(true) }])
  return (
    <>
      <Button kbd="K" onClick={() => setOpen(true)}>
        {t('sick.action')}
      </Button>
      {isOpen ? <SickNoteDialog patientId={patientId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
