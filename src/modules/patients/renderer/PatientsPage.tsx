// Patients: who was opened lately before typing, who matches while typing, and the first steps of an empty clinic.
import { Import, People, Plus } from '@blueprintjs/icons'
import type * as z from 'zod'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryError, QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type PatientLine, patients } from '../shared/contract.ts'
import { patientTexts } from './i18n.ts'
import { PatientState } from './PatientFacts.tsx'
import { usePatientPath } from './patient-path.ts'
import { usePatientSearch } from './patient-search.ts'
import { useStartRegistering } from './register-draft.ts'
import { usePatientWords } from './words.ts'
import './patients.css'

type Recent = z.infer<(typeof patients)['procedures']['recent']['output']>
const shownAtOnce = 50

export function PatientsPage() {
  const { t, formats } = usePatientWords()
  useTitle(t('list.title'))
  const may = useMay()
  const startRegistering = useStartRegistering()
  const [text, setText] = useState('')
  const recent = useRead(patients, 'recent', {})
  const register = () => void startRegistering(text)
  const mayRegister = may('demographics.C')
  useShortcuts([
    { keys: 'n', labelKey: patientTexts.key('list.registerPatient'), run: register, disabled: !mayRegister },
  ])
  return (
    <div className="os-page">
      <PageHeader
        title={t('list.title')}
        meta={
          recent.data?.total
            ? t('list.total', { count: recent.data.total, n: formats.number(recent.data.total) })
            : null
        }
        actions={
          mayRegister && recent.data?.total !== 0 ? (
            <Button intent="primary" icon={<Plus />} kbd="n" onClick={register}>
              {t('list.register')}
            </Button>
          ) : null
        }
      />
      <QueryView query={recent}>
        {(answer) =>
          answer.total === 0 ? (
            <EmptyClinic onRegister={register} />
          ) : (
            <>
              <div className="pt-list-search">
                <TextField
                  label={t('search.label')}
                  hideLabel
                  value={text}
                  onChange={setText}
                  inputMode="search"
                  placeholder={t('list.find')}
                  maxLength={200}
                />
              </div>
              {text.trim() === '' ? (
                <RecentList answer={answer} />
              ) : (
                <Results text={text} onRegister={register} />
              )}
            </>
          )
        }
      </QueryView>
    </div>
  )
}

function EmptyClinic({ onRegister }: { onRegister: () => void }) {
  const { t } = usePatientWords()
  const may = useMay()
  const navigate = useNavigate()
  const mayRegister = may('demographics.C')
  const mayImport = may('fileImport.C')
  return (
    <EmptyState
      icon={<People size={32} />}
      title={t('list.emptyTitle')}
      text={t(
        mayImport ? 'list.emptyText' : mayRegister ? 'list.emptyTextRegister' : 'list.emptyTextNoRegister',
      )}
      action={
        <>
          {mayRegister ? (
            <Button intent="primary" icon={<Plus />} kbd="n" onClick={onRegister}>
              {t('list.registerPatient')}
            </Button>
          ) : null}
          {mayImport ? (
            <Button icon={<Import />} onClick={() => void navigate('/imports/new')}>
              {t('list.import')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}

function RecentList({ answer }: { answer: Recent }) {
  const { t, formats } = usePatientWords()
  if (answer.patients.length === 0) {
    return (
      <EmptyState icon={<People size={32} />} title={t('list.unusedTitle')} text={t('list.unusedText')} />
    )
  }
  return (
    <PatientList
      title={t('list.recent')}
      patients={answer.patients}
      lastTitle={t('list.opened')}
      last={(line) => {
        const at = (line as Recent['patients'][number]).openedAt
        return at ? formats.ago(at) : null
      }}
    />
  )
}

function Results({ text, onRegister }: { text: string; onRegister: () => void }) {
  const { t } = usePatientWords()
  const may = useMay()
  const search = usePatientSearch(text, { limit: shownAtOnce })
  if (search.error) return <QueryError error={search.error} onRetry={search.retry} />
  if (search.patients.length === 0) {
    if (!search.settled) return null
    return (
      <EmptyState
        title={t('list.noneTitle')}
        text={t('search.noneHint')}
        action={
          may('demographics.C') ? (
            <Button intent="primary" icon={<Plus />} onClick={onRegister}>
              <bdi>{t('search.register', { text: text.trim() })}</bdi>
            </Button>
          ) : null
        }
      />
    )
  }
  return (
    <>
      <PatientList title={t('list.results')} patients={search.patients} />
      {search.more ? <p className="os-dim">{t('search.more')}</p> : null}
    </>
  )
}

interface PatientListProps {
  readonly title: string
  readonly patients: readonly PatientLine[]
  readonly lastTitle?: string
  readonly last?: (line: PatientLine) => string | null
}

/** A table whose name cells are links; on a phone each row becomes two lines. */
function PatientList({ title, patients: lines, lastTitle, last }: PatientListProps) {
  const { t, age, sex, birthDate } = usePatientWords()
  const pathOf = usePatientPath()
  const navigate = useNavigate()
  return (
    <Card title={title} padded={false}>
      <table className="os-table os-table-open pt-list" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('list.name')}</th>
            <th scope="col">{t('list.age')}</th>
            <th scope="col">{t('list.sex')}</th>
            <th scope="col">{t('list.birthDate')}</th>
            <th scope="col">{t('list.number')}</th>
            <th scope="col">{t('list.phone')}</th>
            {last ? <th scope="col">{lastTitle}</th> : null}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} onClick={() => void navigate(pathOf(line.id))}>
              <th scope="row">
                <Link to={pathOf(line.id)} className="pt-name" onClick={(event) => event.stopPropagation()}>
                  <bdi>{line.name}</bdi>
                </Link>{' '}
                <PatientState person={line} />
              </th>
              <td>{age(line)}</td>
              <td>{sex(line.gender)}</td>
              <td>{birthDate(line)}</td>
              <td>
                <bdi>{line.recordNumber}</bdi>
              </td>
              <td>
                <bdi dir="ltr">{line.phone}</bdi>
              </td>
              {last ? <td className="os-dim">{last(line)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
