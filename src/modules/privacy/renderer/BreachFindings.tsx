// Who was affected: patients with kinds of data and times; the whole list as a file; writing it down starts the clock.
import { useEffect, useRef } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { saveFile } from '#renderer/api/save-file.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { dataCategories } from '#shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { showToast } from '#ui/toast.ts'
import type { Affected, BreachQuestion } from '../shared/breach.ts'
import { privacy } from '../shared/contract.ts'
import { privacyTexts } from './i18n.ts'
import { usePrivacyWords } from './words.tsx'

export function BreachFindings({ question }: { question: BreachQuestion }) {
  const { t, f } = usePrivacyWords()
  const errorWords = useErrorText()
  const found = useRead(privacy, 'investigate', { question })
  const place = useRef<HTMLDivElement>(null)
  const isFound = found.data !== undefined
  // Below the question and the cases: on a small screen nobody would see that there is an answer.
  useEffect(() => {
    if (isFound) place.current?.scrollIntoView({ block: 'start' })
  }, [isFound])
  const list = useAct(privacy, 'listAffected', { onDone: saveFile })
  const open = useAct(privacy, 'openBreach', {
    onDone: () => showToast({ text: textOf(privacyTexts, 'breach.opened') }),
  })
  const failed = list.error ?? open.error
  const kindWords = (kinds: readonly string[]) =>
    f.list(
      kinds
        .map((kind) => dataCategories.find((known) => known === kind))
        .flatMap((k) => (k ? [t(`data.${k}`)] : [])),
    )
  const columns: readonly Column<Affected>[] = [
    {
      key: 'patient',
      head: t('breach.patient'),
      rowHeader: true,
      cell: (a) =>
        a.name === null ? <span className="os-dim">{t('breach.erased')}</span> : <bdi>{a.name}</bdi>,
    },
    { key: 'data', head: t('breach.data'), cell: (a) => kindWords(a.categories) },
    {
      key: 'last',
      head: t('breach.last'),
      optional: true,
      cell: (a) => f.instant(a.last, 'short-date-time'),
    },
    { key: 'times', head: t('breach.times'), align: 'end', cell: (a) => f.number(a.times) },
  ]
  return (
    <div ref={place}>
      <Card title={t('breach.found')} padded={false}>
        <QueryView query={found}>
          {({ total, affected }) =>
            total === 0 ? (
              <EmptyState title={t('breach.nobody')} />
            ) : (
              <div className="os-stack">
                <div className="pv-row pv-found">
                  <strong>{t('breach.total', { count: total })}</strong>
                  {affected.length < total ? (
                    <span className="os-dim">{t('breach.shown', { count: f.number(affected.length) })}</span>
                  ) : null}
                  <span className="os-grow" />
                  <Button loading={list.isPending} onClick={() => list.start({ question })}>
                    {t('breach.save')}
                  </Button>
                  <Button
                    intent="primary"
                    loading={open.isPending}
                    onClick={() => open.start({ question, discoveredAt: new Date().toISOString() })}
                  >
                    {t('breach.open')}
                  </Button>
                </div>
                {failed ? (
                  <p className="os-error" role="alert">
                    {errorWords(failed)}
                  </p>
                ) : null}
                <Table
                  label={t('breach.found')}
                  columns={columns}
                  rows={affected}
                  rowKey={(a) => `${a.patientId ?? ''}${a.first}${a.last}`}
                />
              </div>
            )
          }
        </QueryView>
      </Card>
    </div>
  )
}
