// Whether the trail holds: its end, its anchors, the full check, and the digest on paper.
import { useState } from 'react'
import { printFile } from '#modules/papers/renderer/api.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct, useRead } from '#renderer/api/hooks.ts'
import { isApiError } from '#renderer/api/client.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Facts } from '#ui/Facts.tsx'
import { Progress, Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { audit, type ChainState, type digestVerdicts } from '../shared/contract.ts'
import { AuditFrame } from './AuditFrame.tsx'
import { auditTexts } from './i18n.ts'
import { useAuditWords } from './words.ts'
import './audit.css'

export function ChainPage() {
  const { t } = useAuditWords()
  useTitle(t('chain.title'))
  const may = useMay()
  const state = useRead(audit, 'chain', {}, { enabled: may('reviews.R'), staleMs: 0 })
  const check = useAct(audit, 'checkChain', {
    onDone: () => showToast({ text: textOf(auditTexts, 'chain.started') }),
  })
  return (
    <AuditFrame
      title={t('chain.title')}
      actions={
        <Button
          intent="primary"
          onClick={() => check.start({}, () => void state.refetch())}
          loading={check.isPending}
          disabled={state.data?.running ?? true}
        >
          {t('chain.check')}
        </Button>
      }
    >
      <QueryView query={state}>{(chain) => <ChainView chain={chain} />}</QueryView>
      <DigestCard />
    </AuditFrame>
  )
}

const anchorStates = ['holds', 'missing', 'damaged', 'behind', 'other', 'none'] as const
const clockStates = ['ok', 'unknown', 'suspect'] as const

function ChainView({ chain }: { chain: ChainState }) {
  const { t, f } = useAuditWords()
  const isBad = chain.checkedOk === false || !chain.quickOk || !chain.controlOk
  const anchor = (state: string) => {
    const known = anchorStates.find((name) => name === state) ?? 'missing'
    const tone = known === 'holds' ? 'ok' : known === 'none' || known === 'missing' ? 'neutral' : 'bad'
    return <Tag tone={tone}>{t(`anchor.${known}`)}</Tag>
  }
  const clock = clockStates.find((name) => name === chain.clock) ?? 'unknown'
  const facts = [
    [t('chain.entries'), f.number(chain.entries)],
    [t('chain.head'), chain.head],
    [
      t('chain.checkpoint'),
      chain.checkpointSeq === null || chain.checkpointAt === null
        ? t('chain.never')
        : `${f.number(chain.checkpointSeq)} · ${f.instant(chain.checkpointAt, 'short-date-time')}`,
    ],
    [
      t('chain.checked'),
      chain.checkedAt === null
        ? t('chain.never')
        : t('chain.checkedText', {
            time: f.instant(chain.checkedAt, 'short-date-time'),
            entries: f.number(chain.checkedEntries ?? 0),
          }),
    ],
    [t('chain.control'), t(chain.controlOk ? 'chain.holds' : 'chain.broken')],
    [t('chain.watermark'), anchor(chain.watermark)],
    [t('chain.keychain'), anchor(chain.keychain)],
    [t('chain.clock'), t(`chain.clock.${clock}`)],
  ] as const
  return (
    <>
      <Notice tone={isBad ? 'bad' : 'ok'} title={t(isBad ? 'chain.bad' : 'chain.ok')}>
        {chain.firstBad !== null ? t('chain.badText', { number: f.number(chain.firstBad) }) : null}
        {!chain.quickOk && chain.firstBad === null ? t('chain.newestBad') : null}
      </Notice>
      {chain.running ? (
        <Progress
          label={t('chain.running', { done: f.number(chain.done), total: f.number(chain.total) })}
          value={chain.total > 0 ? chain.done : undefined}
          max={chain.total > 0 ? chain.total : undefined}
        />
      ) : null}
      <Card label={t('chain.title')}>
        <Facts rows={facts} tiles />
      </Card>
    </>
  )
}

interface Verdict {
  readonly verdict: (typeof digestVerdicts)[number]
  readonly date: string | null
  readonly seq: number | null
}

function DigestCard() {
  const { t, f } = useAuditWords()
  const errorWords = useErrorText()
  const [line, setLine] = useState('')
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const print = useAct(audit, 'digest', { onDone: ({ file }) => void printFile(file) })
  const save = useAct(audit, 'digest', { onDone: ({ file }) => saveFile(file) })
  const language = f.locale.startsWith('ar') ? 'ar' : 'en'
  const ask = () => {
    if (line.trim().length < 5) return
    callProcedure(audit, 'checkDigest', { text: line.trim() }).then(setVerdict, (error: unknown) => {
      if (isApiError(error)) showToast({ tone: 'bad', text: errorWords(error) })
    })
  }
  const words = (v: Verdict) =>
    t(`verdict.${v.verdict}`, {
      date: v.date === null ? '–' : f.date(v.date, 'long'),
      number: f.number(v.seq ?? 0),
    })
  return (
    <Card
      title={t('digest.title')}
      actions={
        <>
          <Button small onClick={() => save.start({ language })} loading={save.isPending}>
            {t('paper.save')}
          </Button>
          <Button small onClick={() => print.start({ language })} loading={print.isPending}>
            {t('digest.print')}
          </Button>
        </>
      }
    >
      <div className="os-stack">
        <p>{t('digest.text')}</p>
        <form
          className="os-stack"
          aria-label={t('digest.check')}
          onSubmit={(event) => {
            event.preventDefault()
            ask()
          }}
        >
          <TextField
            label={t('digest.line')}
            hint={t('digest.lineHint')}
            value={line}
            onChange={(text) => {
              setLine(text)
              setVerdict(null)
            }}
            maxLength={300}
          />
          <div>
            <Button type="submit" disabled={line.trim().length < 5}>
              {t('digest.ask')}
            </Button>
          </div>
        </form>
        {verdict ? (
          <Notice tone={verdict.verdict === 'holds' ? 'ok' : verdict.verdict === 'mistyped' ? 'warn' : 'bad'}>
            {words(verdict)}
          </Notice>
        ) : null}
      </div>
    </Card>
  )
}
