// What became of every reminder, newest first; those that need a person come first of all.
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type LogEntry, type LogFilter, logFilters, reminders } from '../shared/contract.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { EntryTable } from './EntryTable.tsx'
import { remindersTexts } from './i18n.ts'
import { useReminderWords } from './words.tsx'
import './reminders.css'

export function LogPage() {
  const { t } = useReminderWords()
  useTitle(t('log.title'))
  const may = useMay()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const asked = params.get('show')
  const filter: LogFilter = logFilters.find((each) => each === asked) ?? 'attention'
  const [before, setBefore] = useState<string | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  const log = useRead(reminders, 'log', { filter, before, limit: 50 }, { keepPrevious: true })
  const choose = (next: LogFilter) => {
    setBefore(null)
    setParams({ show: next }, { replace: true })
  }
  const step = (by: number) => {
    const at = (logFilters.indexOf(filter) + by + logFilters.length) % logFilters.length
    choose(logFilters[at] ?? 'all')
  }
  useShortcuts([{ keys: 'f', labelKey: remindersTexts.key('log.filter'), run: () => step(1) }])
  const open = log.data?.entries.find((entry) => entry.id === openId)
  return (
    <div className="os-page">
      <PageHeader
        title={t('log.title')}
        actions={
          may('reminders.M') ? (
            <Button onClick={() => void navigate('/admin/reminders')}>{t('settings.setUp')}</Button>
          ) : null
        }
      />
      <div className="rem-filter">
        <RadioRow
          label={t('log.filter')}
          value={filter}
          onChange={choose}
          choices={logFilters.map((value) => ({ value, label: t(`log.filter.${value}`) }))}
        />
      </div>
      <Card padded={false} label={t('log.title')}>
        <QueryView query={log}>
          {({ entries, next }) => (
            <>
              <EntryTable
                entries={entries}
                onOpen={(entry: LogEntry) => setOpenId(entry.id)}
                empty={
                  <EmptyState
                    title={t(filter === 'attention' ? 'log.attentionEmpty' : 'log.empty')}
                    text={t(filter === 'attention' ? 'log.attentionEmptyText' : 'log.emptyText')}
                    action={
                      filter === 'attention' ? (
                        <Button onClick={() => choose('all')}>{t('log.filter.all')}</Button>
                      ) : null
                    }
                  />
                }
              />
              {next !== null || before !== null ? (
                <div className="rem-pages">
                  {before === null ? null : (
                    <Button small onClick={() => setBefore(null)}>
                      {t('log.newest')}
                    </Button>
                  )}
                  {next === null ? null : (
                    <Button small onClick={() => setBefore(next)}>
                      {t('log.older')}
                    </Button>
                  )}
                </div>
              ) : null}
            </>
          )}
        </QueryView>
      </Card>
      {open ? <EntryDialog key={open.id} entry={open} onClose={() => setOpenId(null)} /> : null}
    </div>
  )
}
