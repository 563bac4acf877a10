// What happened, newest first: since the last visit, then year by year. The list the arrow keys of the page go to.
import { useMemo, useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { type Chart, type TimelineItem, timelineKinds } from '../shared/contract.ts'
import { FilterSelect } from './FilterSelect.tsx'
import { chartTexts, useCodes } from './i18n.ts'
import { kindIcons } from './kind-icons.tsx'
import { type ListRow, RecordList, SectionState } from './RecordList.tsx'
import type { Selection } from './selection.ts'
import { lastVisitOf, splitSince, withYears } from './timeline.ts'
import { type Days, useDays } from './use-days.ts'
import { usePages } from './use-pages.ts'

export interface TabProps {
  readonly chart: Chart
  readonly selection: Selection
}

type KindFilter = TimelineItem['kind'] | ''

export function TimelineTab({ chart, selection }: TabProps) {
  const t = useTexts(chartTexts)
  const days = useDays()
  const [kind, setKind] = useState<KindFilter>('')
  const { patientId } = chart.banner
  const start = kind === '' ? { items: chart.timeline, next: chart.timelineNext } : undefined
  const pages = usePages('timeline', { patientId, kinds: kind === '' ? [] : [kind] }, start)
  const lastVisit = useMemo(
    () => lastVisitOf(chart.encounters, days.today, days.timeZone),
    [chart.encounters, days.today, days.timeZone],
  )
  const items = pages.items
  const rows = useMemo(
    () => rowsOf(items ?? [], kind === '' ? lastVisit : null, days, t('since.title'), t('timeline.undated')),
    // `days` is made anew on each render; what it depends on is named.
    // oxlint-disable-next-line react/exhaustive-deps
    [items, kind, lastVisit, days.today, days.timeZone],
  )
  const nothingNew =
    kind === '' && lastVisit?.start && splitSince(items ?? [], lastVisit, days.timeZone).since.length === 0
  return (
    <>
      <div className="ch-filter">
        <h2>{t('timeline.title')}</h2>
        <FilterSelect
          label={t('timeline.filter')}
          value={kind}
          onChange={setKind}
          choices={[
            { value: '', label: t('timeline.all') },
            ...timelineKinds.map((name) => ({ value: name, label: t(`kinds.${name}`) })),
          ]}
        />
      </div>
      {nothingNew ? (
        <p className="os-dim os-sm">{t('since.none', { date: days.short(lastVisit.start) })}</p>
      ) : null}
      <SectionState
        items={items}
        error={pages.error}
        retry={pages.retry}
        empty={kind === '' ? t('timeline.none') : t('timeline.noneOfKind')}
      >
        <RecordList
          label={t('timeline.title')}
          rows={rows}
          isMain
          draw={(item) => <TimelineLine item={item} days={days} />}
          onOpen={(item) => selection.openItem(item.kind, item.id)}
          isOpen={({ kind: own, id }) =>
            selection.selected?.type === 'item' &&
            selection.selected.kind === own &&
            selection.selected.id === id
          }
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          loadMore={pages.loadMore}
        />
      </SectionState>
    </>
  )
}

function rowsOf(
  items: readonly TimelineItem[],
  lastVisit: Chart['encounters'][number] | null,
  days: Days,
  sinceTitle: string,
  undated: string,
): ListRow<TimelineItem>[] {
  const { since, before } = splitSince(items, lastVisit, days.timeZone)
  const rows: ListRow<TimelineItem>[] = []
  const line = (item: TimelineItem): ListRow<TimelineItem> => ({ key: `${item.kind}:${item.id}`, item })
  if (since.length > 0) rows.push({ key: 'since', heading: sinceTitle }, ...since.map(line))
  let year = 0
  for (const row of withYears(before, days.timeZone)) {
    if (row.kind === 'item') rows.push(line(row.item))
    else rows.push({ key: `year-${row.year}-${year++}`, heading: row.year ?? undated })
  }
  return rows
}

/** States worth a word at the end of a line; the usual ones say nothing. */
const toldStatuses: ReadonlySet<string> = new Set([
  'planned',
  'cancelled',
  'in-progress',
  'arrived',
  'triaged',
  'not-done',
  'preliminary',
  'entered-in-error',
  'on-hold',
  'stopped',
  'addendum',
  'correction',
  'resolved',
  'inactive',
  'none-known',
  'amended',
  'corrected',
])

function TimelineLine({ item, days }: { item: TimelineItem; days: Days }) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const status = item.status && toldStatuses.has(item.status) ? code(item.status) : null
  return (
    <>
      <span className="ch-kind" title={t(`kind.${item.kind}`)}>
        {kindIcons[item.kind]}
        <span className="os-sr">{t(`kind.${item.kind}`)}: </span>
      </span>
      <span className="os-grow ch-clamp">
        <bdi className="ch-title">
          {item.title || t(item.kind === 'encounter' ? 'visits.untitled' : 'timeline.untitled')}
        </bdi>
        {item.detail ? ' ' : null}
        {item.detail ? <bdi className="ch-detail">{item.detail}</bdi> : null}
        {status ? <span className="ch-detail"> · {status}</span> : null}
      </span>
      <span className="ch-date">{days.short(item.at)}</span>
    </>
  )
}
