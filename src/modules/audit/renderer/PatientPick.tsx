// Finding the patient a filter or report is about, by name.
import { useState } from 'react'
import { patients } from '#modules/patients/shared/contract.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { Button } from '#ui/Button.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useAuditWords } from './words.ts'
import './audit.css'

export interface PatientPickProps {
  readonly label: string
  readonly onPick: (patientId: string, name: string) => void
}

export function PatientPick({ label, onPick }: PatientPickProps) {
  const { t, f } = useAuditWords()
  const [text, setText] = useState('')
  const typed = text.trim()
  const found = useRead(
    patients,
    'search',
    { text: typed, limit: 6 },
    { enabled: typed.length > 1, keepPrevious: true },
  )
  const lines = typed.length > 1 ? (found.data?.patients ?? []) : []
  return (
    <div className="au-find">
      <TextField label={label} value={text} onChange={setText} type="search" hint={t('filter.patientHint')} />
      {typed.length > 1 && found.data && lines.length === 0 ? (
        <p className="os-dim">{t('filter.patientNone')}</p>
      ) : null}
      {lines.length > 0 ? (
        <div className="au-found">
          {lines.map((line) => (
            <Button
              key={line.id}
              small
              onClick={() => {
                setText('')
                onPick(line.id, line.name)
              }}
            >
              <bdi>{line.name}</bdi>
              {line.birthDate ? <span className="os-dim"> {f.date(line.birthDate, 'short')}</span> : null}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
