// A breach: what happened and when, who was affected, the list, and the clock of 72 hours.
import { useState } from 'react'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import type { BreachCase, BreachQuestion } from '../shared/breach.ts'
import { privacy } from '../shared/contract.ts'
import { BreachFindings } from './BreachFindings.tsx'
import { BreachForm } from './BreachForm.tsx'
import { Frame } from './Frame.tsx'
import { usePrivacyWords } from './words.tsx'
import { WordsDialog } from './WordsDialog.tsx'

export function BreachesPage() {
  const [question, setQuestion] = useState<BreachQuestion | null>(null)
  return (
    <Frame>
      <div className="pv-grid">
        <BreachForm onAsk={setQuestion} />
        <Cases />
      </div>
      {question ? <BreachFindings key={JSON.stringify(question)} question={question} /> : null}
    </Frame>
  )
}

function Cases() {
  const { t } = usePrivacyWords()
  const list = useRead(privacy, 'breaches', {})
  const [closing, setClosing] = useState<BreachCase | null>(null)
  return (
    <Card title={t('breach.cases')}>
      <QueryView query={list} small>
        {({ now, breaches }) =>
          breaches.length === 0 ? (
            <p className="os-dim">{t('breach.noCases')}</p>
          ) : (
            <ul className="pv-list">
              {breaches.map((found) => (
                <Case key={found.id} found={found} now={now} onClose={() => setClosing(found)} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {closing ? <CloseDialog found={closing} onClose={() => setClosing(null)} /> : null}
    </Card>
  )
}

function Case({ found, now, onClose }: { found: BreachCase; now: string; onClose: () => void }) {
  const { t, f } = usePrivacyWords()
  const letter = useAct(privacy, 'breachLetter', { onDone: saveFile })
  const date = f.instant(found.dueAt, 'short-date-time')
  const isLate = found.state === 'open' && found.dueAt < now
  return (
    <li>
      <strong>{t(`breach.${found.kind}`)}</strong>
      <span className="pv-row">
        {found.state === 'open' ? (
          <Tag tone={isLate ? 'bad' : 'warn'} strong={isLate}>
            {t(isLate ? 'breach.overdue' : 'breach.due', { date })}
          </Tag>
        ) : (
          <Tag>{t(`breach.${found.state}`)}</Tag>
        )}
        <span className="os-dim">{t('breach.total', { count: found.affected })}</span>
      </span>
      {found.closeReason === null ? null : <p className="pv-words">{found.closeReason}</p>}
      <span className="pv-row">
        <Button
          small
          loading={letter.isPending}
          onClick={() => letter.start({ id: found.id, language: 'en' })}
        >
          {t('breach.draftEn')}
        </Button>
        <Button
          small
          loading={letter.isPending}
          onClick={() => letter.start({ id: found.id, language: 'ar' })}
        >
          {t('breach.draftAr')}
        </Button>
        {found.state === 'open' ? (
          <Button small onClick={onClose}>
            {t('breach.close')}
          </Button>
        ) : null}
      </span>
    </li>
  )
}

function CloseDialog({ found, onClose }: { found: BreachCase; onClose: () => void }) {
  const { t } = usePrivacyWords()
  const [state, setState] = useState<'notified' | 'no-notice'>('notified')
  const close = useAct(privacy, 'closeBreach', { onDone: onClose })
  return (
    <WordsDialog
      title={t('breach.closeTitle')}
      label={t('breach.reason')}
      submitLabel={t('breach.closeTitle')}
      rows={3}
      act={close}
      onWords={(reason) => close.start({ id: found.id, rev: found.rev, state, reason })}
      onClose={onClose}
    >
      <RadioRow
        label={t('list.state')}
        value={state}
        onChange={setState}
        choices={[
          { value: 'notified', label: t('breach.notified') },
          { value: 'no-notice', label: t('breach.no-notice') },
        ]}
      />
    </WordsDialog>
  )
}
