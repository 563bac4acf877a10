// One review item: what happened, the entries it is about, and the answer in words.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct } from '#renderer/api/hooks.ts'
import { newOpId } from '#renderer/api/client.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Facts } from '#ui/Facts.tsx'
import { Notice } from '#ui/States.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { oversight, type Review, type ReviewState } from '../shared/contract.ts'
import { oversightTexts } from './i18n.ts'
import { ReviewTag, useOversightWords } from './words.tsx'
import './oversight.css'

/** Where the viewer shows what the item is about. */
function entriesPath({ subject, aboutUser, patientId, openedAt }: Review): string {
  const params = new URLSearchParams()
  const entry = /^entry:(\d+)$/.exec(subject)?.[1]
  if (entry) params.set('entry', entry)
  if (aboutUser && !entry) params.set('person', aboutUser)
  if (patientId) params.set('patient', patientId)
  const day = /^day:(\d{4}-\d\d-\d\d):/.exec(subject)?.[1]
  if (day) params.set('day', day)
  else if (!entry) params.set('day', openedAt.slice(0, 10))
  return `/audit?${params.toString()}`
}

export function ReviewDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const { t, f, say, why, common } = useOversightWords()
  const me = useMe()
  const navigate = useNavigate()
  const errorWords = useErrorText()
  const [words, setWords] = useState('')
  const [wasTried, setTried] = useState(false)
  const answer = useAct(oversight, 'answer', {
    onDone: (after) => {
      const undo = () =>
        void callProcedure(oversight, 'reopen', { id: after.id, rev: after.rev }, { opId: newOpId() })
      showToast({
        text: textOf(oversightTexts, 'review.done'),
        action: { label: common('act.undo'), run: undo },
      })
      onClose()
    },
  })
  const reopen = useAct(oversight, 'reopen', {
    onDone: () => {
      showToast({ text: textOf(oversightTexts, 'review.reopened') })
      onClose()
    },
  })
  const isOwn = review.aboutUser === me.userId
  const isOpen = review.state === 'open'
  const choose = (state: Exclude<ReviewState, 'open'>) => {
    setTried(true)
    if (words.trim().length < 5 || answer.isPending) return
    answer.start({ id: review.id, rev: review.rev, state, words: words.trim() })
  }
  const error = answer.error ?? reopen.error
  const reason = why(review)
  return (
    <Dialog
      title={t('review.title')}
      isOpen
      onClose={onClose}
      width="wide"
      {...(isOpen && !isOwn ? { onSubmit: () => choose('justified') } : {})}
      error={error ? errorWords(error) : null}
      actions={
        <>
          <Button onClick={() => void navigate(entriesPath(review))}>{t('review.entries')}</Button>
          <span className="os-grow" />
          {isOpen && !isOwn ? (
            <>
              <Button onClick={() => choose('closed')} disabled={answer.isPending}>
                {t('review.close')}
              </Button>
              <Button intent="danger" onClick={() => choose('not-justified')} disabled={answer.isPending}>
                {t('review.not-justified')}
              </Button>
              <Button type="submit" intent="primary" kbd="Enter" loading={answer.isPending}>
                {t('review.justified')}
              </Button>
            </>
          ) : (
            <>
              {isOpen || isOwn ? null : (
                <Button
                  onClick={() => reopen.start({ id: review.id, rev: review.rev })}
                  loading={reopen.isPending}
                >
                  {t('review.reopen')}
                </Button>
              )}
              <Button onClick={onClose} kbd="Escape">
                {common('act.close')}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="os-stack">
        <p className="ov-what">
          <b>{say(review)}</b> <ReviewTag review={review} />
        </p>
        <Facts
          tiles
          rows={[
            [t('reviews.who'), review.aboutUserName],
            [t('reviews.patient'), review.patientName],
            [t('review.why'), reason],
            [t('review.opened'), f.instant(review.openedAt, 'short-date-time')],
            [t('review.due'), f.instant(review.dueAt, 'short-date-time')],
          ]}
        />
        {isOwn && isOpen ? <Notice tone="warn">{t('review.own')}</Notice> : null}
        {isOpen && !isOwn ? (
          <TextAreaField
            label={t('review.words')}
            hint={t('review.wordsHint')}
            value={words}
            onChange={setWords}
            maxLength={1000}
            error={wasTried && words.trim().length < 5 ? t('review.wordsNeeded') : undefined}
          />
        ) : null}
        {review.answer === null || review.answeredAt === null ? null : (
          <div>
            <p dir="auto">{review.answer}</p>
            <p className="os-dim os-sm">
              {t('review.answeredBy', {
                name: review.answeredByName ?? '–',
                time: f.instant(review.answeredAt, 'short-date-time'),
              })}
            </p>
          </div>
        )}
      </div>
    </Dialog>
  )
}
