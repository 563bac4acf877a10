// All imports, newest first; what is unfinished says so until somebody settles it.
import { Import, Plus } from '@blueprintjs/icons'
import { Link, useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { type Batch, imports } from '../shared/contract.ts'
import { BatchStatus } from './BatchMarks.tsx'
import { isAtWork, isUnfinished } from './batch-state.ts'
import { importTexts } from './i18n.ts'
import './imports.css'

type Line = Omit<Batch, 'files'>

export function ImportsPage() {
  const t = useTexts(importTexts)
  useTitle(t('list.title'))
  const navigate = useNavigate()
  const may = useMay()
  const read = useRead(imports, 'list', {})
  const begin = () => void navigate('/imports/new')
  const mayBegin = may('fileImport.C')
  useShortcuts([{ keys: 'n', labelKey: importTexts.key('list.new'), run: begin, disabled: !mayBegin }])
  const button = mayBegin ? (
    <Button intent="primary" icon={<Plus />} kbd="n" onClick={begin}>
      {t('list.new')}
    </Button>
  ) : null
  const isEmpty = read.data?.batches.length === 0
  return (
    <div className="os-page">
      <PageHeader title={t('list.title')} actions={isEmpty ? null : button} />
      <QueryView query={read}>
        {({ batches }) =>
          batches.length === 0 ? (
            <EmptyState
              icon={<Import size={32} />}
              title={t('list.emptyTitle')}
              text={t('list.emptyText')}
              action={button}
            />
          ) : (
            <BatchList batches={batches} />
          )
        }
      </QueryView>
    </div>
  )
}

function BatchList({ batches }: { batches: readonly Line[] }) {
  const t = useTexts(importTexts)
  const { number, instant } = useFormats()
  const navigate = useNavigate()
  // What runs right now is at work, not left lying about.
  const left = batches.filter(({ status }) => isUnfinished(status) && !isAtWork(status)).length
  return (
    <>
      {left > 0 ? <Notice tone="warn">{t('list.unfinished', { count: left })}</Notice> : null}
      <section className="os-card os-card-flush">
        <table className="os-table os-table-open im-list" aria-label={t('list.title')}>
          <thead>
            <tr>
              <th scope="col">{t('list.source')}</th>
              <th scope="col">{t('list.state')}</th>
              <th scope="col" className="os-end">
                {t('list.patients')}
              </th>
              <th scope="col" className="os-end">
                {t('list.resources')}
              </th>
              <th scope="col" className="os-end">
                {t('list.problems')}
              </th>
              <th scope="col">{t('list.when')}</th>
              <th scope="col" className="os-wide-only">
                {t('list.by')}
              </th>
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <tr key={batch.id} onClick={() => void navigate(`/imports/${batch.id}`)}>
                {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the link is the text */}
                <th scope="row">
                  <Link to={`/imports/${batch.id}`} onClick={(event) => event.stopPropagation()}>
                    <bdi>{batch.sourceName}</bdi>
                  </Link>
                </th>
                <td>
                  <BatchStatus status={batch.status} />
                </td>
                <Count label={t('list.patients')}>{number(batch.counts.patients)}</Count>
                <Count label={t('list.resources')}>{number(batch.counts.resources)}</Count>
                <Count label={t('list.problems')} isBad={batch.counts.refused > 0}>
                  {number(batch.counts.refused)}
                </Count>
                <td className="os-dim">{instant(batch.createdAt)}</td>
                <td className="os-dim os-wide-only">
                  <bdi>{batch.createdByName}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** The label stands beside the figure where the table's head is not shown (phones). */
function Count({ label, isBad, children }: { label: string; isBad?: boolean; children: string }) {
  return (
    <td className={isBad ? 'os-end im-count im-bad' : 'os-end im-count'}>
      <span className="im-count-label" aria-hidden="true">
        {label}{' '}
      </span>
      {children}
    </td>
  )
}
