// Admin > Approvals: acts that wait for a second person, in plain words, with the answers.
import { useState } from 'react'
import { Link } from 'react-router'
import { CodeDialog, type NewCode } from '#modules/people/renderer/api.ts'
import type { ApiError } from '#renderer/api/client.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { type TextKey, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { isRole } from '#shared/permissions.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag, type Tone } from '#ui/Marks.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import type { ApprovalRequest } from '../shared/second-person.ts'
import { DeclineDialog, KitDialog, useAnswerText } from './AnswerDialogs.tsx'
import { DoItNow } from './DoItNow.tsx'
import { accessTexts } from './i18n.ts'
import type { en } from './texts-en.ts'
import './access.css'

type Key = TextKey<typeof en>
const has = (key: string): key is Key => Object.hasOwn(accessTexts.en, key)
/** Where the asking person does it, once it is agreed to. */
const places: Readonly<Record<string, string>> = {
  'backups.removeKept': '/admin/backups',
  'backups.restoreApply': '/admin/backups/restore',
  'keys.makeKit': '/admin/keys/kit',
  'keys.rotate': '/admin/keys',
  'keys.beginRenewal': '/admin/keys/renew',
  'privacy.erase': '/privacy',
}

export function ApprovalsPage() {
  const t = useTexts(accessTexts)
  useTitle(t('nav.approvals'))
  const list = useRead(access, 'listRequests', {})
  const [code, setCode] = useState<NewCode | null>(null)
  return (
    <AdminFrame>
      <Card title={t('approvals.title')}>
        <QueryView query={list}>
          {({ requests }) =>
            requests.length === 0 ? (
              <EmptyState title={t('approvals.empty')} text={t('approvals.emptyText')} />
            ) : (
              <div className="os-stack">
                {requests.some((r) => r.alone) ? <Notice tone="info">{t('approvals.alone')}</Notice> : null}
                <ul className="acc-list">
                  {requests.map((request) => (
                    <RequestLine key={request.id} request={request} onCode={setCode} />
                  ))}
                </ul>
              </div>
            )
          }
        </QueryView>
      </Card>
      {code ? <CodeDialog code={code} onClose={() => setCode(null)} /> : null}
    </AdminFrame>
  )
}

const tones: Readonly<Record<ApprovalRequest['state'], Tone>> = {
  open: 'warn',
  approved: 'ok',
  waiting: 'info',
  declined: 'bad',
  withdrawn: 'neutral',
  used: 'neutral',
  expired: 'neutral',
}

interface LineProps {
  readonly request: ApprovalRequest
  readonly onCode: (code: NewCode) => void
}

function RequestLine({ request, onCode }: LineProps) {
  const t = useTexts(accessTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  const act = `act.${request.procedure}`
  const isNamed = has(act)
  const time = f.instant(
    request.state === 'waiting' ? (request.goodFrom ?? '') : request.goodUntil,
    'short-date-time',
  )
  const valueOf = (name: string, value: string) =>
    name === 'roles'
      ? f.list(value.split(' ').map((role) => (isRole(role) ? common(`role.${role}`) : role)))
      : value
  return (
    <li className="acc-row">
      <div>
        <p>
          <strong>{isNamed ? t(act) : t('act.other')}</strong>{' '}
          {isNamed ? null : <code dir="ltr">{request.procedure}</code>}
        </p>
        {request.facts.map(({ name, value }) => {
          const key = `fact.${name}`
          return (
            <p key={name} className="os-sm">
              <span className="os-dim">{has(key) ? t(key) : t('fact.other')}:</span>{' '}
              <bdi>{valueOf(name, value)}</bdi>
            </p>
          )
        })}
        <p className="os-sm os-dim">
          {t('approvals.who')}: <bdi>{request.askedByName}</bdi> ·{' '}
          {f.instant(request.askedAt, 'short-date-time')}
        </p>
        <Tag tone={tones[request.state]}>
          {t(`state.${request.state}`, { time, name: request.answeredByName ?? '' })}
        </Tag>
        {request.answer ? <p dir="auto">{request.answer}</p> : null}
      </div>
      <Acts request={request} onCode={onCode} />
    </li>
  )
}

function Acts({ request, onCode }: LineProps) {
  const t = useTexts(accessTexts)
  const may = useMay()
  const answerText = useAnswerText()
  const [open, setOpen] = useState<'kit' | 'decline' | null>(null)
  const failed = {
    onError: (error: ApiError) => showToast({ text: answerText(error), tone: 'bad' }),
  } as const
  const approve = useAct(access, 'approve', {
    ...failed,
    onDone: (done) => showToast({ text: t('approvals.agreed', { name: done.askedByName }) }),
  })
  const withdraw = useAct(access, 'withdraw', {
    ...failed,
    onDone: () => showToast({ text: t('approvals.withdrawn') }),
  })
  const one = { id: request.id, rev: request.rev }
  const isOpen = request.state === 'open'
  const isLive = isOpen || request.state === 'approved' || request.state === 'waiting'
  const place = places[request.procedure]
  if (!may('approvals.U') || !isLive) return null
  return (
    <div className="acc-acts">
      {isOpen && !request.mine ? (
        <Button intent="primary" loading={approve.isPending} onClick={() => approve.start(one)}>
          {t('approvals.agree')}
        </Button>
      ) : null}
      {request.alone ? (
        <Button intent="primary" onClick={() => setOpen('kit')}>
          {t('approvals.agreeKit')}
        </Button>
      ) : null}
      {request.input === null ? null : (
        <DoItNow
          procedure={request.procedure}
          input={request.input}
          onCode={onCode}
          onError={failed.onError}
        />
      )}
      {request.input === null && request.mine && request.state === 'approved' && place ? (
        <Link to={place}>{t('approvals.go')}</Link>
      ) : null}
      {request.mine ? (
        <Button loading={withdraw.isPending} onClick={() => withdraw.start(one)}>
          {t('approvals.withdraw')}
        </Button>
      ) : (
        <Button onClick={() => setOpen('decline')}>
          {isOpen ? t('approvals.decline') : t('approvals.stop')}
        </Button>
      )}
      {open === 'kit' ? <KitDialog request={request} onClose={() => setOpen(null)} /> : null}
      {open === 'decline' ? <DeclineDialog request={request} onClose={() => setOpen(null)} /> : null}
    </div>
  )
}
