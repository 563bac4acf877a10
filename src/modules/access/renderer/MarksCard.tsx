// On a patient's details: the marks of the record, for people who have no open chart to find them in, and for the others too.
import { EyeOff } from '@blueprintjs/icons'
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { access } from '../shared/contract.ts'
import { accessTexts } from './i18n.ts'
import { MarksDialog } from './MarksDialog.tsx'

export function MarksCard({ patientId }: ChartActionProps) {
  const may = useMay()
  return may('sensitivity.R') ? <MarksOf patientId={patientId} /> : null
}

function MarksOf({ patientId }: ChartActionProps) {
  const t = useTexts(accessTexts)
  const [isOpen, setIsOpen] = useState(false)
  const found = useRead(access, 'marks', { patientId })
  return (
    <Card
      title={t('marks.title')}
      actions={
        <Button small icon={<EyeOff />} onClick={() => setIsOpen(true)}>
          {t('marks.open')}
        </Button>
      }
    >
      <QueryView query={found} small>
        {({ marks }) => (
          <p className="os-dim">
            {marks.length === 0 ? t('marks.none') : t('marks.count', { count: marks.length })}
          </p>
        )}
      </QueryView>
      {isOpen ? <MarksDialog patientId={patientId} onClose={() => setIsOpen(false)} /> : null}
    </Card>
  )
}
