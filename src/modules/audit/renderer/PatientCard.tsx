// On a patient's details: for the privacy officer the reports, for a doctor a place to note what was given to others.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DisclosureDialog } from './DisclosureDialog.tsx'
import { useAuditWords } from './words.ts'
import './audit.css'

export function PatientCard({ patientId }: ChartActionProps) {
  const { t } = useAuditWords()
  const may = useMay()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const isPrivacy = may('audit.X')
  if (!isPrivacy && !may('documents.X')) return null
  return (
    <Card title={t('disclosed.title')}>
      <div className="os-stack">
        {isPrivacy ? <p>{t('who.card')}</p> : null}
        <div className="au-acts">
          {isPrivacy ? (
            <>
              <Button onClick={() => void navigate(`/audit/patients/${patientId}`)}>{t('who.open')}</Button>
              <Button onClick={() => void navigate(`/audit/patients/${patientId}/disclosures`)}>
                {t('disclosed.title')}
              </Button>
              <Button onClick={() => void navigate(`/audit?patient=${patientId}`)}>{t('nav.log')}</Button>
            </>
          ) : (
            <Button onClick={() => setOpen(true)}>{t('disclosed.add')}</Button>
          )}
        </div>
      </div>
      {isOpen ? <DisclosureDialog isOwn patientId={patientId} onClose={() => setOpen(false)} /> : null}
    </Card>
  )
}
