// Admin > Approvals: acts that wait for a second person, in plain words, with the answers.
import { useState } from 'react'
import { Link } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
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
import { Dialog } from '#ui/Dialog.tsx'
import { Tag, type Tone } from '#ui/Marks.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import type { ApprovalRequest } from '../shared/second-person.ts'
import { accessTexts } from './i18n.ts'
import type { en } from './texts-en.ts'
import './access.css'

type Key = TextKey<typeof en>
const has = (key: string): key is Key => Object.hasOwn(accessTexts.en, key)
/** Where the asking person does it, once it is agreed to. */
const places: Readonly<Record<string, string>> = {
  'people.create': '/admin/people',
  'people.update': '/admin/people',
  'backups.removeKept': '/admin/backups',
  'backups.restoreApply': '/admin/backups/restore',
  'keys.makeKit': '/admin/keys/kit',
  'keys.rotate': '/admin/keys',
  'keys.beginRenewal': '/admin/keys/renew',
}

export function ApprovalsPage() {
  const t = useTexts(accessTexts)
  useTitle(t('nav.approvals'))
  const list = useRead(access, 'listRequests', {})
  return (
    <AdminFrame>
      <Card title={t('approvals.title')}>
        <QueryView query={list}>
          {({ requests, alone }) =>
            requests.length === 0 ? (
              <EmptyState title={t('approvals.empty')} text={t('approvals.emptyText')} />
            ) : (
              <div className="os-stack">
                {alone && requests.some((r) => r.state === 'open') ? (
                  <Notice tone="info">{t('approvals.alone')}</Notice>
                ) : null}
                <ul className="acc-list">
                  {requests.map((request) => (
                    <RequestLine key={request.id} request={request} isAlone={alone} />
                  ))}
                </ul>
              </div>
            )
          }
        </QueryView>
      </Card>
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

function RequestLine({ request, isAlone }: { request: ApprovalRequest; isAlone: boolean }) {
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
      <Acts request={request} isAlone={isAlone} />
    </li>
  )
}

function useAnswerText(): (error: ApiError) => string {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  return (error) => {
    if (error.code === 'RESTRICTED' && error.details.why === 'own-request') return t('again.own')
    if (error.code === 'RESTRICTED' && error.details.why === 'new-password') return t('again.newPassword')
    return words(error)
  }
}

function Acts({ request, isAlone }: { request: ApprovalRequest; isAlone: boolean }) {
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
      {isOpen && request.mine && isAlone ? (
        <Button intent="primary" onClick={() => setOpen('kit')}>
          {t('approvals.agreeKit')}
        </Button>
      ) : null}
      {request.mine && request.state === 'approved' && place ? (
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

interface AnswerProps {
  readonly request: ApprovalRequest
  readonly onClose: () => void
}

function KitDialog({ request, onClose }: AnswerProps) {
  const t = useTexts(accessTexts)
  const f = useFormats()
  const answerText = useAnswerText()
  const [kit, setKit] = useState('')
  const agree = useAct(access, 'approveWithKit', {
    onDone: (done) => {
      showToast({ text: t('approvals.kitDone', { time: f.instant(done.goodFrom ?? '', 'short-date-time') }) })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('approvals.kitTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => agree.start({ id: request.id, rev: request.rev, kit })}
      submitLabel={t('approvals.agree')}
      canSubmit={kit.trim() !== ''}
      isBusy={agree.isPending}
      error={agree.error ? answerText(agree.error) : undefined}
    >
      <Notice tone="info">{t('approvals.alone')}</Notice>
      <TextField
        label={t('approvals.kit')}
        hint={t('approvals.kitHint')}
        value={kit}
        onChange={setKit}
        dir="ltr"
        autoComplete="off"
        maxLength={1000}
        autoFocus
      />
    </Dialog>
  )
}

function DeclineDialog({ request, onClose }: AnswerProps) {
  const t = useTexts(accessTexts)
  const answerText = useAnswerText()
  const [reason, setReason] = useState('')
  const decline = useAct(access, 'decline', {
    onDone: () => {
      showToast({ text: t('approvals.declined') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('approvals.declineTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => decline.start({ id: request.id, rev: request.rev, reason })}
      submitLabel={t('approvals.decline')}
      canSubmit={reason.trim().length >= 3}
      isBusy={decline.isPending}
      error={decline.error ? answerText(decline.error) : undefined}
    >
      <TextField
        label={t('approvals.reason')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
      />
    </Dialog>
  )
}
