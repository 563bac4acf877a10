// The security centre: what protects the records on this computer, who can open them, and what should be done.
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { Table } from '#ui/Table.tsx'
import { keys, type KeyState } from '../shared/contract.ts'
import { keysTexts } from './i18n.ts'
import { RotateDialog } from './RotateDialog.tsx'
import './keys.css'

export function KeysPage() {
  const t = useTexts(keysTexts)
  useTitle(t('page.title'))
  const may = useMay()
  const navigate = useNavigate()
  const state = useRead(keys, 'state', {}, { staleMs: 0, enabled: may('keys.R') })
  const [isRotating, setRotating] = useState(false)
  const value = state.data
  const actions =
    value && may('keys.M') ? (
      <>
        <Button onClick={() => setRotating(true)}>{t('rotate.open')}</Button>
        <Button intent="primary" onClick={() => void navigate('/admin/keys/kit')}>
          {t('newKit.open')}
        </Button>
      </>
    ) : null
  return (
    <AdminFrame actions={actions}>
      <QueryView query={state}>
        {(found) => (
          <>
            <Advice state={found} />
            <Protection state={found} />
            <Openers state={found} />
          </>
        )}
      </QueryView>
      {value && isRotating ? <RotateDialog state={value} onClose={() => setRotating(false)} /> : null}
    </AdminFrame>
  )
}

function Advice({ state }: { state: KeyState }) {
  const t = useTexts(keysTexts)
  if (state.isDemo) return <Notice tone="info" title={t('advice.demo')} />
  return state.advice.map(({ kind, name }) => (
    <Notice
      key={`${kind} ${name ?? ''}`}
      tone={kind === 'kit-pending' ? 'bad' : 'warn'}
      title={t(`advice.${kind}`, { name: name ?? '' })}
    >
      {t(`advice.${kind}.text`)}{' '}
      {kind === 'backups-other-kit' ? <Link to="/admin/backups">{t('advice.toBackups')}</Link> : null}
    </Notice>
  ))
}

function Protection({ state }: { state: KeyState }) {
  const t = useTexts(keysTexts)
  const f = useFormats()
  const { kit, database, root, encryption, keychain } = state
  const day = (at: string) => f.instant(at, 'date')
  return (
    <Card title={t('state.title')}>
      <dl className="keys-facts">
        <dt>{t('state.encryption')}</dt>
        <dd>{t('state.encryptionText', { date: day(encryption.since), cipher: encryption.cipher })}</dd>
        <dt>{t('state.keychain')}</dt>
        <dd>
          <span>{t(`keychain.${keychain}`)}</span>
          {keychain === 'none' ? <Tag tone="warn">{t('keychain.badge')}</Tag> : null}
        </dd>
        <dt>{t('state.kit')}</dt>
        <dd>
          {kit ? (
            <>
              <span>{t('state.kitText', { id: kit.id, date: day(kit.madeAt) })}</span>
              <span className="os-dim">{t(`state.confirmed.${kit.confirmed}`)}</span>
            </>
          ) : (
            <Tag tone={state.isDemo ? 'neutral' : 'bad'}>{t('state.kitNone')}</Tag>
          )}
        </dd>
        <dt>{t('state.key')}</dt>
        <dd>
          <span>
            {t('state.keyText', { generation: f.number(database.generation), date: day(database.since) })}
          </span>
          {database.older > 0 ? (
            <span className="os-dim">{t('state.older', { count: database.older })}</span>
          ) : null}
        </dd>
        <dt>{t('state.root')}</dt>
        <dd>{t('state.keyText', { generation: f.number(root.generation), date: day(root.since) })}</dd>
      </dl>
    </Card>
  )
}

function Openers({ state }: { state: KeyState }) {
  const t = useTexts(keysTexts)
  return (
    <Card title={t('openers.title')} padded={false}>
      <p className="os-dim keys-note">{t('openers.text')}</p>
      <Table
        label={t('openers.title')}
        rows={state.openers}
        rowKey={(row) => row.userId}
        empty={<EmptyState small title={t('openers.none')} text={t('openers.noneText')} />}
        columns={[
          {
            key: 'name',
            head: t('openers.name'),
            cell: (row) => <span dir="auto">{row.name}</span>,
            rowHeader: true,
          },
          {
            key: 'with',
            head: t('openers.with'),
            cell: (row) =>
              row.keychain === 'none' ? <Tag tone="warn">{t('openers.password')}</Tag> : t('openers.both'),
          },
        ]}
      />
    </Card>
  )
}
