// The person behind a record, for every role that may see it: who, how to reach, next of kin, identifiers, flags,
// history. Roles without the chart land here; the others come by the banner's name.
import { Edit, History } from '@blueprintjs/icons'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { patientCards } from '#renderer/app/registry.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Facts } from '#ui/Facts.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type PatientView, patients } from '../shared/contract.ts'
import { FlagsCard } from './FlagsCard.tsx'
import { HistoryList } from './HistoryList.tsx'
import { patientTexts } from './i18n.ts'
import { PatientBanner } from './PatientBanner.tsx'
import { usePatientContext } from './patient-context.ts'
import { readsCharts, usePatientPath } from './patient-path.ts'
import { usePatientWords } from './words.ts'
import './patients.css'

export function DetailsPage() {
  const { patientId = '' } = useParams()
  return <Details key={patientId} patientId={patientId as PatientView['id']} />
}

function Details({ patientId }: { patientId: PatientView['id'] }) {
  const { t } = usePatientWords()
  const navigate = useNavigate()
  const read = useRead(patients, 'get', { patientId })
  if (read.error?.code === 'NOT_FOUND' || read.error?.code === 'INVALID_INPUT') {
    return (
      <EmptyState
        title={t('missing.title')}
        text={t('missing.text')}
        action={<Button onClick={() => void navigate('/patients')}>{t('missing.back')}</Button>}
      />
    )
  }
  return <QueryView query={read}>{(patient) => <Person patient={patient} />}</QueryView>
}

function Person({ patient }: { patient: PatientView }) {
  const { t } = usePatientWords()
  const navigate = useNavigate()
  const may = useMay()
  const { role } = useMe()
  const context = usePatientContext(patient.id)
  const [showsHistory, setShowsHistory] = useState(false)
  const mayEdit = may('demographics.U')
  const edit = () => void navigate(`/patients/${patient.id}/edit`)
  useShortcuts([
    { keys: 'e', labelKey: patientTexts.key('details.edit'), run: edit, disabled: !mayEdit },
    { keys: 'h', labelKey: patientTexts.key('details.history'), run: () => setShowsHistory((now) => !now) },
  ])
  const seesOnlyName = patient.birthDate === undefined
  return (
    <>
      <PatientBanner
        patient={patient}
        actions={
          <>
            {readsCharts(role) ? (
              <Button onClick={() => void navigate(`/patients/${patient.id}`)}>{t('details.chart')}</Button>
            ) : null}
            <Button
              icon={<History size={14} />}
              kbd="h"
              pressed={showsHistory}
              onClick={() => setShowsHistory((now) => !now)}
            >
              {t('details.history')}
            </Button>
            {mayEdit ? (
              <Button intent="primary" icon={<Edit size={14} />} kbd="e" onClick={edit}>
                {t('details.edit')}
              </Button>
            ) : null}
          </>
        }
      />
      <div className="os-page">
        {showsHistory ? <HistoryList patientId={patient.id} /> : null}
        <div className="pt-details">
          <div className="os-stack">
            <PersonCard patient={patient} seesOnlyName={seesOnlyName} />
            {patient.identifiers ? <IdentifierCard identifiers={patient.identifiers} /> : null}
          </div>
          <div className="os-stack">
            {patientCards().map(({ order, Card: More }) => (
              <More key={order} patientId={patient.id} />
            ))}
            {patient.telecoms ? <ReachCard patient={patient} /> : null}
            {patient.flags ? <FlagsCard context={context} flags={patient.flags} /> : null}
            {patient.contacts ? <KinCard contacts={patient.contacts} /> : null}
          </div>
        </div>
      </div>
    </>
  )
}

function PersonCard({ patient, seesOnlyName }: { patient: PatientView; seesOnlyName: boolean }) {
  const words = usePatientWords()
  const { t, formats } = words
  return (
    <Card title={t('details.demographics')}>
      <Facts
        rows={[
          [t('field.name'), patient.name],
          [t('field.family'), patient.family],
          [t('field.given'), patient.given],
          [t('field.prefix'), patient.prefix],
          [t('field.suffix'), patient.suffix],
          ...(patient.otherNames ?? []).map(
            (row) => [t('field.otherNames'), words.otherName(row), row.id] as const,
          ),
          [t('field.birthDate'), words.joined([words.birthDate(patient), words.age(patient)])],
          [t('field.gender'), words.sex(patient.gender)],
          [t('field.language'), words.language(patient.language)],
          [t('field.maritalStatus'), words.marital(patient.maritalStatus)],
          [t('field.recordNumber'), patient.recordNumber],
          [t('field.active'), patient.active === false ? t('state.isInactive') : null],
          [
            t('field.deceasedAt'),
            patient.deceasedAt ? formats.clinicalTime(patient.deceasedAt, 'date') : null,
          ],
          [
            t('field.registered'),
            patient.registeredAt ? formats.instant(patient.registeredAt, 'date') : null,
          ],
        ]}
      />
      {seesOnlyName ? <p className="os-dim os-sm">{t('details.notSeen')}</p> : null}
    </Card>
  )
}

function ReachCard({ patient }: { patient: PatientView }) {
  const words = usePatientWords()
  const { t } = words
  return (
    <Card title={t('details.contact')}>
      <Facts
        empty={t('details.noContact')}
        rows={[
          ...(patient.telecoms ?? []).map(
            (row) => [words.telecomKind(row), <Reach key={row.id} row={row} />, row.id] as const,
          ),
          ...(patient.addresses ?? []).map(
            (row) =>
              [
                words.joined([t('row.addressOne'), words.addressUse(row.use)], ', '),
                words.addressLine(row),
                row.id,
              ] as const,
          ),
        ]}
      />
    </Card>
  )
}

function Reach({ row }: { row: NonNullable<PatientView['telecoms']>[number] }) {
  return <bdi dir="ltr">{row.value}</bdi>
}

function KinCard({ contacts }: { contacts: NonNullable<PatientView['contacts']> }) {
  const { t, relationship, joined } = usePatientWords()
  const pathOf = usePatientPath()
  return (
    <Card title={t('details.kin')}>
      <Facts
        empty={t('details.noKin')}
        rows={contacts.map((row) => [
          relationship(row.relationship) ?? t('row.contactOne'),
          <span key={row.id} className="pt-kin">
            {row.patientId ? (
              <Link to={pathOf(row.patientId)} title={t('link.open')}>
                <bdi>{row.name}</bdi>
              </Link>
            ) : (
              <bdi>{row.name}</bdi>
            )}
            <bdi className="os-dim" dir="ltr">
              {joined([row.phone, row.email])}
            </bdi>
          </span>,
          row.id,
        ])}
      />
    </Card>
  )
}

function IdentifierCard({ identifiers }: { identifiers: NonNullable<PatientView['identifiers']> }) {
  const { t, identifierType } = usePatientWords()
  return (
    <Card title={t('details.identifiers')}>
      <Facts
        empty={t('details.noIdentifiers')}
        rows={identifiers.map((row) => [
          identifierType(row),
          <span key={row.id} className="pt-kin">
            <bdi dir="ltr">{row.value}</bdi>
            {row.assigner ? <bdi className="os-dim">{row.assigner}</bdi> : null}
          </span>,
          row.id,
        ])}
      />
    </Card>
  )
}
