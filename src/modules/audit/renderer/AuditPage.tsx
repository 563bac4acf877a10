// The audit log: filters in the address, every column sorts, pages by key. What is shown depends on the role at work.
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { printFile } from '#modules/papers/renderer/api.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { showToast } from '#ui/toast.ts'
import { audit, type AuditLine, type AuditSort, auditSorts, type Cursor } from '../shared/contract.ts'
import { AuditFrame } from './AuditFrame.tsx'
import { AuditTable } from './AuditTable.tsx'
import { EntryDialog } from './EntryDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { filtersOf, withFilter } from './filters.ts'
import { auditTexts } from './i18n.ts'
import { useAuditWords } from './words.ts'
import './audit.css'

export function AuditPage() {
  const { t, f } = useAuditWords()
  useTitle(t('log.title'))
  const may = useMay()
  const errorWords = useErrorText()
  const [params, setParams] = useSearchParams()
  const shown = filtersOf(params, f.timeZone)
  const sort = auditSorts.find((known) => known === params.get('sort')) ?? 'seq'
  const direction = params.get('way') === 'asc' ? 'asc' : 'desc'
  // Where each page so far began: a list follows its address, and the address is its key.
  const address = params.toString()
  const [pages, setPages] = useState<{ of: string; starts: readonly (Cursor | null)[] }>({
    of: address,
    starts: [null],
  })
  const starts = pages.of === address ? pages.starts : [null]
  const first: Cursor | null = shown.entry === null ? null : { value: null, seq: shown.entry + 1 }
  const after = starts.at(-1) ?? first
  const [open, setOpen] = useState<AuditLine | null>(null)
  const read = useRead(audit, 'list', { ...shown.filters, sort, direction, after }, { keepPrevious: true })
  const failed = (error: Parameters<typeof errorWords>[0]) =>
    showToast({ tone: 'bad', text: errorWords(error) })
  const handOut = useAct(audit, 'export', {
    onDone: ({ file, entries }) => {
      saveFile(file)
      showToast({ text: textOf(auditTexts, 'log.exported', { count: entries }) })
    },
    onError: failed,
  })
  const print = useAct(audit, 'print', { onDone: ({ file }) => void printFile(file), onError: failed })
  const language = f.locale.startsWith('ar') ? 'ar' : 'en'
  const next = read.data?.next ?? null
  const later = () => {
    if (next) setPages({ of: address, starts: [...starts, next] })
  }
  const earlier = () => setPages({ of: address, starts: starts.slice(0, -1) })
  useShortcuts([
    { keys: 'n', labelKey: auditTexts.key('log.later'), run: later, disabled: next === null },
    { keys: 'p', labelKey: auditTexts.key('log.earlier'), run: earlier, disabled: starts.length < 2 },
  ])
  const sortBy = (column: AuditSort) => {
    const params2 = new URLSearchParams(params)
    params2.set('sort', column)
    params2.set('way', column === sort && direction === 'desc' ? 'asc' : 'desc')
    setParams(params2, { replace: true })
  }
  const note = may('audit.X') ? null : may('users.M') ? t('log.metadata') : t('log.own')
  return (
    <AuditFrame
      title={t('log.title')}
      actions={
        may('audit.X') ? (
          <>
            <Button onClick={() => print.start({ ...shown.filters, language })} loading={print.isPending}>
              {t('log.print')}
            </Button>
            <Button onClick={() => handOut.start(shown.filters)} loading={handOut.isPending}>
              {t('log.export')}
            </Button>
          </>
        ) : null
      }
    >
      {note ? <p className="os-dim">{note}</p> : null}
      <FilterBar
        shown={shown}
        set={(name, value) => setParams(withFilter(params, name, value), { replace: true })}
        clear={() => setParams({}, { replace: true })}
        isAny={address !== ''}
      />
      <Card padded={false} label={t('log.title')} className="au-wide" isWide>
        <QueryView query={read}>
          {({ entries }) => (
            <AuditTable
              entries={entries}
              sort={sort}
              direction={direction}
              onSort={sortBy}
              onOpen={setOpen}
              withPatients={may('audit.X')}
            />
          )}
        </QueryView>
      </Card>
      <div className="au-pages">
        <Button onClick={earlier} disabled={starts.length < 2} kbd="p">
          {t('log.earlier')}
        </Button>
        <Button onClick={later} disabled={next === null} kbd="n">
          {t('log.later')}
        </Button>
      </div>
      {open ? <EntryDialog entry={open} onClose={() => setOpen(null)} /> : null}
    </AuditFrame>
  )
}
