// Everybody who waits for a time, most urgent first: book one, take one off, put one on.
import { Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { textOf, useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { showToast } from '#ui/toast.ts'
import { type Setup, scheduling, type WaitlistEntry } from '#modules/scheduling/shared/contract.ts'
import { actOnce } from '../act-once.ts'
import { BookDialog, type BookStart } from '../booking/BookDialog.tsx'
import { schedulingTexts } from '../i18n.ts'
import { placeName, typeName, useWords } from '../use-words.ts'
import { sayFailed } from '../visit-acts.ts'
import { urgencyTone } from './urgency.ts'
import { WaitDialog } from './WaitDialog.tsx'
import { wishWords } from './wish.ts'
import '../scheduling.css'

type Open = { readonly kind: 'book'; readonly start: BookStart } | { readonly kind: 'add' }

export function WaitlistPage() {
  const t = useTexts(schedulingTexts)
  useTitle(t('waitlist.title'))
  const may = useMay()
  const [cursor, setCursor] = useState<readonly string[]>([])
  const list = useRead(scheduling, 'waitlist', { cursor: cursor.at(-1) ?? null })
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000 })
  const [open, setOpen] = useState<Open | null>(null)
  const mayAdd = may('appointments.C')
  const add = () => setOpen({ kind: 'add' })
  useShortcuts([{ keys: 'n', labelKey: schedulingTexts.key('waitlist.add'), run: add, disabled: !mayAdd }])
  return (
    <div className="os-page">
      <PageHeader
        title={t('waitlist.title')}
        meta={
          <Link to="/schedule" className="sc-back">
            {t('waitlist.back')}
          </Link>
        }
        actions={
          mayAdd ? (
            <Button intent="primary" icon={<Plus />} kbd="n" onClick={add}>
              {t('waitlist.add')}
            </Button>
          ) : null
        }
      />
      <QueryView query={list}>
        {({ entries, next }) => (
          <Card padded={false} label={t('waitlist.title')} isWide>
            <EntryTable
              entries={entries}
              setup={setup.data}
              onBook={(start) => setOpen({ kind: 'book', start })}
              onAdd={mayAdd ? add : null}
            />
            <Pages
              onBack={cursor.length > 0 ? () => setCursor(cursor.slice(0, -1)) : null}
              onNext={next ? () => setCursor([...cursor, next]) : null}
            />
          </Card>
        )}
      </QueryView>
      {open?.kind === 'book' ? <BookDialog start={open.start} onClose={() => setOpen(null)} /> : null}
      {open?.kind === 'add' ? <WaitDialog onClose={() => setOpen(null)} /> : null}
    </div>
  )
}

function Pages({ onBack, onNext }: { onBack: (() => void) | null; onNext: (() => void) | null }) {
  const common = useTexts(commonTexts)
  if (!onBack && !onNext) return null
  return (
    <div className="sc-pages">
      {onBack ? <Button onClick={onBack}>{common('act.back')}</Button> : null}
      {onNext ? <Button onClick={onNext}>{common('act.next')}</Button> : null}
    </div>
  )
}

/** The way back puts the same entry on the list again. */
async function remove(entry: WaitlistEntry): Promise<void> {
  const { patientId, id } = entry
  const removed = await actOnce('removeFromWaitlist', { patientId, id, rev: entry.rev })
  showToast({
    text: textOf(schedulingTexts, 'waitlist.removed', { name: entry.patientName }),
    undo: () => void actOnce('returnToWaitlist', { patientId, id, rev: removed.rev }).catch(sayFailed),
  })
}

interface EntryTableProps {
  readonly entries: readonly WaitlistEntry[]
  readonly setup: Setup | undefined
  readonly onBook: (start: BookStart) => void
  readonly onAdd: (() => void) | null
}

function EntryTable({ entries, setup, onBook, onAdd }: EntryTableProps) {
  const words = useWords()
  const common = useTexts(commonTexts)
  const may = useMay()
  const { t, formats } = words
  const columns: Column<WaitlistEntry>[] = [
    {
      key: 'who',
      head: t('book.patient'),
      rowHeader: true,
      cell: (entry) => (
        <span>
          <bdi>{entry.patientName}</bdi>{' '}
          <span className="os-dim os-sm">
            <bdi>{entry.phone ?? ''}</bdi>
          </span>
        </span>
      ),
    },
    {
      key: 'urgency',
      head: t('waitlist.urgency'),
      cell: (entry) => <Tag tone={urgencyTone[entry.urgency]}>{t(`urgency.${entry.urgency}`)}</Tag>,
    },
    {
      key: 'what',
      head: t('book.type'),
      cell: (entry) =>
        [setup ? typeName(setup, entry.visitTypeId) : null, t('word.minutes', { count: entry.minutes })]
          .filter(Boolean)
          .join(' · '),
    },
    {
      key: 'wish',
      head: t('waitlist.wish'),
      optional: true,
      cell: (entry) => (
        <span className="os-dim">
          {wishWords(entry, setup ? placeName(setup, entry.providerId) : null, words)}
        </span>
      ),
    },
    {
      key: 'since',
      head: t('waitlist.since'),
      optional: true,
      cell: (entry) => <span className="os-dim">{formats.ago(entry.addedAt)}</span>,
    },
    {
      key: 'acts',
      head: <span className="os-sr">{t('waitlist.acts')}</span>,
      align: 'end',
      cell: (entry) => (
        <span className="sc-row-acts">
          {may('appointments.C') ? (
            <Button
              small
              label={t('waitlist.bookName', { name: entry.patientName })}
              onClick={() => onBook(startOf(entry))}
            >
              {t('act.book')}
            </Button>
          ) : null}
          {may('appointments.U') ? (
            <Button
              small
              label={t('waitlist.removeName', { name: entry.patientName })}
              onClick={() => void remove(entry).catch(sayFailed)}
            >
              {common('act.remove')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <Table
      label={t('waitlist.title')}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      empty={
        <EmptyState
          title={t('waitlist.empty')}
          text={t('waitlist.emptyText')}
          action={onAdd ? <Button onClick={onAdd}>{t('waitlist.add')}</Button> : null}
        />
      }
    />
  )
}

const startOf = (entry: WaitlistEntry): BookStart => ({
  patient: {
    id: entry.patientId,
    name: entry.patientName,
    birthDate: entry.birthDate,
    recordNumber: entry.recordNumber,
    phone: entry.phone,
  },
  visitTypeId: entry.visitTypeId,
  waitlistId: entry.id,
  ...(entry.providerId ? { providerId: entry.providerId } : {}),
})
