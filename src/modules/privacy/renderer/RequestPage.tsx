// One request whole: what was asked, what belongs to its kind, the answer and its letter.
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { type OutputFor, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { saveFile } from '#renderer/api/save-file.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Facts } from '#ui/Facts.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { decisions, privacy } from '../shared/contract.ts'
import { AmendmentsCard } from './AmendmentsCard.tsx'
import { CopyDialog } from './CopyDialog.tsx'
import { EraseCard } from './EraseCard.tsx'
import { Frame } from './Frame.tsx'
import { privacyTexts } from './i18n.ts'
import { RestrictionsCard } from './RestrictionsCard.tsx'
import { DueMark, StateTag, usePrivacyWords } from './words.tsx'

export type Whole = OutputFor<typeof privacy, 'request'>

export function RequestPage() {
  const { patientId = '', id = '' } = useParams()
  const found = useRead(privacy, 'request', { patientId: patientId as PatientId, id })
  return (
    <Frame>
      <QueryView query={found}>
        {(whole) => <Request key={id} whole={whole} patientId={patientId as PatientId} />}
      </QueryView>
    </Frame>
  )
}

function Request({ whole, patientId }: { whole: Whole; patientId: PatientId }) {
  const { request, today } = whole
  const { t, f } = usePrivacyWords()
  const navigate = useNavigate()
  const [copies, setCopies] = useState(false)
  const facts = [
    [t('list.patient'), request.patientName],
    [t('new.askedBy'), request.askedBy],
    [t('new.identity'), request.identityCheck],
    [t('list.received'), f.date(request.receivedOn)],
    [
      t('new.words'),
      request.words === null ? null : (
        <bdi key="words" className="pv-words">
          {request.words}
        </bdi>
      ),
    ],
  ] as const
  return (
    <div className="pv-grid">
      <Card title={t(`kind.${request.kind}`)}>
        <div className="os-stack">
          <span className="pv-row">
            <StateTag state={request.state} />
            <DueMark request={request} today={today} isAlone />
          </span>
          <Facts rows={facts} />
          <div className="pv-row">
            <Button onClick={() => void navigate(`/patients/${patientId}/details`)}>
              {t('request.toPatient')}
            </Button>
            {request.kind === 'copy' ? (
              <Button intent="primary" onClick={() => setCopies(true)}>
                {t('copy.make')}
              </Button>
            ) : null}
          </div>
        </div>
      </Card>
      <AnswerCard whole={whole} patientId={patientId} />
      {request.kind === 'erasure' ? <EraseCard whole={whole} patientId={patientId} /> : null}
      {request.kind === 'restriction' || whole.restrictions.length > 0 ? (
        <RestrictionsCard whole={whole} patientId={patientId} />
      ) : null}
      {request.kind === 'amendment' ? <AmendmentsCard whole={whole} patientId={patientId} /> : null}
      {copies ? (
        <CopyDialog patientId={patientId} requestId={request.id} onClose={() => setCopies(false)} />
      ) : null}
    </div>
  )
}

function AnswerCard({ whole: { request }, patientId }: { whole: Whole; patientId: PatientId }) {
  const { t, f } = usePrivacyWords()
  const errorWords = useErrorText()
  const isErasure = request.kind === 'erasure'
  const choices = isErasure ? (['refused', 'withdrawn'] as const) : decisions
  const [decision, setDecision] = useState<(typeof decisions)[number]>(choices[0])
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const decide = useAct(privacy, 'decide', {
    onDone: () => showToast({ text: textOf(privacyTexts, 'request.saved') }),
  })
  const letter = useAct(privacy, 'letter', { onDone: saveFile })
  const failed = decide.error ?? letter.error
  const save = () => {
    setTried(true)
    if (reason.trim().length < 3 || decide.isPending) return
    decide.start({ patientId, id: request.id, rev: request.rev, decision, reason })
  }
  return (
    <Card title={t('request.answer')}>
      {request.state === 'open' ? (
        <Form onSubmit={save} label={t('request.answer')}>
          {isErasure ? <p className="os-dim">{t('request.erasureHint')}</p> : null}
          <SelectField
            label={t('request.decision')}
            value={decision}
            onChange={setDecision}
            choices={choices.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <TextAreaField
            label={t('request.reason')}
            value={reason}
            onChange={setReason}
            rows={3}
            maxLength={500}
            error={wasTried && reason.trim().length < 3 ? t('need.text') : undefined}
          />
          {failed ? (
            <p className="os-error" role="alert">
              {errorWords(failed)}
            </p>
          ) : null}
          <Button type="submit" intent="primary" loading={decide.isPending}>
            {t('request.save')}
          </Button>
        </Form>
      ) : (
        <div className="os-stack">
          {isErasure ? null : <p className="pv-words">{request.reason}</p>}
          <p className="os-dim">
            {t('request.decided', {
              name: request.decidedByName ?? '',
              date: request.decidedAt ? f.instant(request.decidedAt, 'date-time') : '',
            })}
          </p>
          {failed ? (
            <p className="os-error" role="alert">
              {errorWords(failed)}
            </p>
          ) : null}
          <div className="pv-row">
            {(['en', 'ar'] as const).map((language) => (
              <Button
                key={language}
                loading={letter.isPending}
                onClick={() => letter.start({ patientId, id: request.id, language })}
              >
                {t(language === 'en' ? 'request.letterEn' : 'request.letterAr')}
              </Button>
            ))}
          </div>
        </div>
      )}
    </Card>
  )
}
