// The frame of one paper of a patient's account: whose it is, and the way back to the account.
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '#ui/Button.tsx'
import type { Account } from '../shared/shapes.ts'
import { PatientHead } from './PatientHead.tsx'
import { useMoney } from './use-money.ts'

interface PaperFrameProps {
  readonly patientId: Account['patientId']
  readonly narrow?: boolean
  readonly children: ReactNode
}

export function PaperFrame({ patientId, narrow = false, children }: PaperFrameProps) {
  const { t } = useMoney()
  const navigate = useNavigate()
  return (
    <div>
      <PatientHead
        patientId={patientId}
        actions={
          <Button onClick={() => void navigate(`/billing/accounts/${patientId}`)}>
            {t('account.title')}
          </Button>
        }
      />
      <div className={narrow ? 'os-page os-page-narrow' : 'os-page'}>{children}</div>
    </div>
  )
}
