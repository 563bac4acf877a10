// Backups: how old the newest is, where they lie, what was made and tried, and what to do now.
import { useNavigate } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Progress } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { backups, type Overview } from '../shared/contract.ts'
import { DrillsCard } from './DrillsCard.tsx'
import { backupsTexts } from './i18n.ts'
import { KeptCard } from './KeptCard.tsx'
import { MadeCard } from './MadeCard.tsx'
import { OtherKit } from './OtherKit.tsx'
import { TargetsCard } from './TargetsCard.tsx'
import { useBackupWords } from './words.ts'
import './backups.css'

export function BackupsPage() {
  const { t } = useBackupWords()
  useTitle(t('title'))
  const may = useMay()
  const navigate = useNavigate()
  const words = useErrorText()
  const overview = useRead(backups, 'overview', {}, { enabled: may('backups.R'), everyMs: 60_000 })
  const make = useAct(backups, 'make', { onDone: () => showToast({ text: t('now.started') }) })
  const isBusy = overview.data?.running !== null || overview.data.isDemo
  const makeNow = () => {
    if (!isBusy && !make.isPending) make.start({})
  }
  useShortcuts([{ keys: 'b', labelKey: backupsTexts.key('now.make'), run: makeNow }])
  return (
    <AdminFrame
      actions={
        <>
          <Button onClick={() => void navigate('/admin/backups/restore')}>{t('restore.open')}</Button>
          <Button intent="primary" kbd="b" onClick={makeNow} disabled={isBusy} loading={make.isPending}>
            {t('now.make')}
          </Button>
        </>
      }
    >
      {make.error ? <Notice tone="bad" title={words(make.error)} /> : null}
      <QueryView query={overview}>
        {(value) => (
          <>
            <StateCard overview={value} />
            <TargetsCard targets={value.targets} />
            <MadeCard made={value.made} targets={value.targets} />
            <DrillsCard overview={value} />
            <KeptCard kept={value.kept} />
            <Card title={t('keeping.title')}>
              <p className="bak-text">{t('keeping.text')}</p>
            </Card>
          </>
        )}
      </QueryView>
    </AdminFrame>
  )
}

function StateCard({ overview }: { overview: Overview }) {
  const { t, problem } = useBackupWords()
  const f = useFormats()
  const cancel = useAct(backups, 'cancel')
  const { running, late, lastTry, ageHours, nextAt, made, isDemo } = overview
  const hours = f.number(Math.floor(ageHours))
  const failed = lastTry?.problem ?? null
  return (
    <Card label={t('title')}>
      <div className="bak-state">
        {isDemo ? <Notice tone="info" title={t('state.demo')} /> : null}
        {!isDemo && late !== 'no' ? (
          <Notice tone="bad" title={t('state.day', { hours })}>
            {t('state.dayText')}
          </Notice>
        ) : null}
        {!isDemo && late === 'no' ? (
          <Notice
            tone={made.length === 0 ? 'warn' : 'ok'}
            title={
              made.length === 0 ? t('state.none') : t(ageHours < 1 ? 'state.fresh' : 'state.ok', { hours })
            }
          >
            {nextAt ? t('state.next', { time: f.instant(nextAt, 'short-date-time') }) : null}
          </Notice>
        ) : null}
        {failed !== null && lastTry ? (
          <Notice
            tone="warn"
            title={t('state.lastFailed', {
              time: f.instant(lastTry.at, 'short-date-time'),
              why: problem(failed),
            })}
          />
        ) : null}
        {overview.kitId === null && !isDemo ? (
          <Notice tone="warn" title={t('state.noKit')}>
            {t('state.noKitText')}
          </Notice>
        ) : null}
        <OtherKit overview={overview} />
        {running ? (
          <div className="bak-running" aria-live="polite">
            <Progress label={stepWords(t, running.step)} value={running.done} max={running.total} />
            <Button small onClick={() => cancel.start({})} loading={cancel.isPending}>
              {t('now.cancel')}
            </Button>
          </div>
        ) : null}
      </div>
    </Card>
  )
}

const steps = ['begin', 'snapshot', 'pack', 'check', 'copy', 'fetch', 'reseal'] as const

function stepWords(t: ReturnType<typeof useBackupWords>['t'], step: string): string {
  return t(`step.${steps.find((each) => each === step) ?? 'begin'}`)
}
