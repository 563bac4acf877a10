// On a patient's details: requests for the privacy officer, and for everybody that a record is locked.
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { privacy } from '../shared/contract.ts'
import { CopyDialog } from './CopyDialog.tsx'
import { NewRequestDialog } from './NewRequestDialog.tsx'
import { DueMark, StateTag, usePrivacyWords } from './words.tsx'
import './privacy.css'

export function PatientCard({ patientId }: ChartActionProps) {
  const may = useMay()
  if (may('privacy.C')) return <RequestsOf patientId={patientId} />
  return may('demographics.U') ? <LockedNotice patientId={patientId} /> : null
}

function LockedNotice({ patientId }: ChartActionProps) {
  const { t } = usePrivacyWords()
  const marks = useRead(privacy, 'marks', { patientId })
  if (!marks.data?.isRestricted) return null
  return (
    <Notice tone="warn" title={t('card.locked')}>
      {t('card.lockedText')}
    </Notice>
  )
}

/** In the banner of an open chart. */
export function LockedMark({ patientId }: ChartActionProps) {
  const { t } = usePrivacyWords()
  const marks = useRead(privacy, 'marks', { patientId })
  if (!marks.data?.isRestricted) return null
  return (
    <span className="pv-mark">
      <Tag tone="warn" title={t('card.lockedText')}>
        {t('card.locked')}
      </Tag>
    </span>
  )
}

function RequestsOf({ patientId }: ChartActionProps) {
  const { t } = usePrivacyWords()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'new' | 'copy' | null>(null)
  const found = useRead(privacy, 'ofPatient', { patientId })
  return (
    <Card title={t('card.title')}>
      <div className="os-stack">
        <QueryView query={found} small>
          {({ today, requests, restrictions }) => (
            <>
              {restrictions.some((r) => r.scope === 'record' && r.liftedAt === null) ? (
                <Notice tone="warn" title={t('card.locked')} />
              ) : null}
              {requests.length === 0 ? (
                <p className="os-dim">{t('card.none')}</p>
              ) : (
                <ul className="pv-list">
                  {requests.map((request) => (
                    <li key={request.id}>
                      <span className="pv-row">
                        <Link to={`/privacy/requests/${patientId}/${request.id}`}>
                          {t(`kind.${request.kind}`)}
                        </Link>
                        <StateTag state={request.state} />
                        <DueMark request={request} today={today} isAlone />
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
        </QueryView>
        <div className="pv-row">
          <Button onClick={() => setOpen('new')}>{t('card.new')}</Button>
          <Button onClick={() => setOpen('copy')}>{t('card.copy')}</Button>
        </div>
      </div>
      {open === 'new' ? (
        <NewRequestDialog
          patientId={patientId}
          onClose={() => setOpen(null)}
          onEntered={(id) => void navigate(`/privacy/requests/${patientId}/${id}`)}
        />
      ) : null}
      {open === 'copy' ? (
        <CopyDialog patientId={patientId} requestId={null} onClose={() => setOpen(null)} />
      ) : null}
    </Card>
  )
}
