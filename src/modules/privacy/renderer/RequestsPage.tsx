// Requests of patients, what is due first on top; those past their day are red.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { Card } from '#ui/Card.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { privacy, type PrivacyRequest } from '../shared/contract.ts'
import { Frame } from './Frame.tsx'
import { privacyTexts } from './i18n.ts'
import { DueMark, StateTag, usePrivacyWords } from './words.tsx'

export function RequestsPage() {
  const { t, f } = usePrivacyWords()
  const may = useMay()
  const navigate = useNavigate()
  const [show, setShow] = useState<'open' | 'all'>('open')
  const list = useRead(privacy, 'requests', { show }, { keepPrevious: true })
  useShortcuts([
    {
      keys: 'f',
      labelKey: privacyTexts.key('list.show'),
      run: () => setShow((now) => (now === 'open' ? 'all' : 'open')),
    },
  ])
  const columns = (today: string): readonly Column<PrivacyRequest>[] => [
    {
      key: 'patient',
      head: t('list.patient'),
      rowHeader: true,
      cell: (r) =>
        r.patientName === null ? (
          <span className="os-dim">{t('list.hidden')}</span>
        ) : (
          <bdi>{r.patientName}</bdi>
        ),
    },
    {
      key: 'number',
      head: t('list.number'),
      cell: (r) => (
        <span dir="ltr" className="pv-number">
          {r.number}
        </span>
      ),
    },
    { key: 'kind', head: t('list.kind'), cell: (r) => t(`kind.${r.kind}`) },
    { key: 'received', head: t('list.received'), optional: true, cell: (r) => f.date(r.receivedOn) },
    { key: 'due', head: t('list.due'), cell: (r) => <DueMark request={r} today={today} /> },
    { key: 'state', head: t('list.state'), optional: true, cell: (r) => <StateTag state={r.state} /> },
  ]
  return (
    <Frame>
      <RadioRow
        label={t('list.show')}
        value={show}
        onChange={setShow}
        choices={[
          { value: 'open', label: t('list.open') },
          { value: 'all', label: t('list.all') },
        ]}
      />
      {list.data && !may('privacy.C') ? <WhoMayOpen names={list.data.officers} /> : null}
      <Card padded={false} label={t('nav.requests')}>
        <QueryView query={list}>
          {({ today, requests }) => (
            <Table
              label={t('nav.requests')}
              columns={columns(today)}
              rows={requests}
              rowKey={(r) => r.id}
              onOpen={
                may('privacy.C')
                  ? (r) => void navigate(`/privacy/requests/${r.patientId ?? ''}/${r.id}`)
                  : undefined
              }
              isDim={(r) => r.state !== 'open'}
              empty={
                <EmptyState
                  title={t(show === 'open' ? 'list.empty' : 'list.emptyAll')}
                  text={t('list.emptyText')}
                />
              }
            />
          )}
        </QueryView>
      </Card>
    </Frame>
  )
}

/** Whoever sees only that something is due knows whom to ask. */
function WhoMayOpen({ names }: { names: readonly string[] }) {
  const { t, f } = usePrivacyWords()
  if (names.length === 0) return <Notice tone="warn" title={t('list.noOfficer')} />
  return <Notice tone="info">{t('list.officers', { names: f.list(names) })}</Notice>
}
