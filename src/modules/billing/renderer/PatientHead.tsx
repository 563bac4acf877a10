// The patient above a page of billing: who this money is about, never to be mixed up.
import type { ReactNode } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { patients } from '#modules/patients/shared/contract.ts'
import { PatientBanner, usePatientContext, usePatientPath } from '#modules/patients/renderer/api.ts'
import type { Account } from '../shared/shapes.ts'
import './billing.css'

interface PatientHeadProps {
  readonly patientId: Account['patientId']
  readonly actions?: ReactNode
}

export function PatientHead({ patientId, actions }: PatientHeadProps) {
  usePatientContext(patientId)
  const pathOf = usePatientPath()
  const read = useRead(patients, 'get', { patientId })
  return (
    <QueryView query={read} small>
      {(patient) => <PatientBanner patient={patient} heading="p" to={pathOf(patientId)} actions={actions} />}
    </QueryView>
  )
}
