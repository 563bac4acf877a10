// The state of a batch as a word, and its numbers as a row.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Tag } from '#ui/Marks.tsx'
import type { Batch } from '../shared/contract.ts'
import { isAtWork, isUnfinished, tones } from './batch-state.ts'
import { importTexts } from './i18n.ts'

export function BatchStatus({ status }: { status: Batch['status'] }) {
  const t = useTexts(importTexts)
  return (
    <span className="im-status">
      <Tag tone={tones[status]}>{t(`status.${status}`)}</Tag>
      {isUnfinished(status) && !isAtWork(status) ? (
        <span className="os-dim os-sm">{t('status.unfinished')}</span>
      ) : null}
    </span>
  )
}

/** What a batch holds, in figures; zeros of the rarer kinds are left out. */
export function BatchFigures({ counts }: { counts: Batch['counts'] }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  const figures = [
    { label: t('count.files'), value: counts.files },
    { label: t('count.patients'), value: counts.patients },
    { label: t('count.resources'), value: counts.resources },
    { label: t('count.created'), value: counts.created, isRare: true },
    { label: t('count.updated'), value: counts.updated, isRare: true },
    { label: t('count.mapped'), value: counts.mapped, isRare: true },
    { label: t('count.kept'), value: counts.keptAsSource, isRare: true, hint: t('count.keptHint') },
    { label: t('count.unchanged'), value: counts.unchanged, isRare: true },
    {
      label: t('count.reviews'),
      value: counts.reviews,
      isRare: true,
      hint: t('count.reviewsHint'),
      tone: 'warn',
    },
    { label: t('count.refused'), value: counts.refused, tone: counts.refused > 0 ? 'bad' : undefined },
  ].filter(({ value, isRare }) => value > 0 || !isRare)
  return (
    <dl className="im-figures">
      {figures.map(({ label, value, hint, tone }) => (
        <div key={label} title={hint}>
          <dt>{label}</dt>
          <dd className={tone ? `im-${tone}` : undefined}>{number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
