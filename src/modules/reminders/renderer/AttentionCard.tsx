// On Today: reminders that failed or of which nobody knows whether they came. Nothing to see where there are none.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { type LogEntry, reminders } from '../shared/contract.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { EntryTable } from './EntryTable.tsx'
import { useReminderWords } from './words.tsx'
import './reminders.css'

export function AttentionCard() {
  const may = useMay()
  return may('reminders.U') ? <Attention /> : null
}

function Attention() {
  const { t } = useReminderWords()
  const navigate = useNavigate()
  const [open, setOpen] = useState<LogEntry | null>(null)
  const { data } = useRead(reminders, 'log', { filter: 'attention', limit: 5 })
  if (!data || data.entries.length === 0) return null
  return (
    <Card
      title={t('attention.title')}
      padded={false}
      actions={
        <Button small onClick={() => void navigate('/reminders?show=attention')}>
          {t('attention.open')}
        </Button>
      }
    >
      <EntryTable entries={data.entries} onOpen={setOpen} />
      {open ? <EntryDialog entry={open} onClose={() => setOpen(null)} /> : null}
    </Card>
  )
}
