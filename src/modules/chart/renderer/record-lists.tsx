// The other lists of the right column: results with their values, single values, visits, documents.
import { useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import type { OutputFor } from '#renderer/api/hooks.ts'
import type { Chart, chart as chartContract, ObservationLine } from '../shared/contract.ts'
import { FilterSelect } from './FilterSelect.tsx'
import { chartTexts, useCodes } from './i18n.ts'
import { Measurement } from './Measurement.tsx'
import { RecordList, SectionState } from './RecordList.tsx'
import type { ItemKind, Selection } from './selection.ts'
import type { TabProps } from './TimelineTab.tsx'
import { useDays } from './use-days.ts'
import { type PageState, usePages } from './use-pages.ts'

type Panel = OutputFor<typeof chartContract, 'results'>['items'][number]

interface SectionListProps<T extends { id: string }> {
  readonly label: string
  readonly empty: string
  readonly pages: PageState & { readonly items: readonly T[] | undefined }
  readonly kind: (item: T) => ItemKind
  readonly selection: Selection
  readonly draw: (item: T) => React.ReactNode
}

/** A section by page as a list whose lines open in the middle. */
export function SectionList<T extends { id: string }>(props: SectionListProps<T>) {
  const { pages, selection, kind } = props
  const { selected } = selection
  return (
    <SectionState items={pages.items} error={pages.error} retry={pages.retry} empty={props.empty}>
      <RecordList
        label={props.label}
        rows={(pages.items ?? []).map((item) => ({ key: item.id, item }))}
        isMain
        draw={props.draw}
        onOpen={(item) => selection.openItem(kind(item), item.id)}
        isOpen={({ id }) => selected?.type === 'item' && selected.id === id}
        hasMore={pages.hasMore}
        isLoadingMore={pages.isLoadingMore}
        loadMore={pages.loadMore}
      />
    </SectionState>
  )
}

/** Lines of a report shown in the list; all of them when it is opened. */
const shownValues = 6

/** A value that came without a report is filed under its own id. */
export const isLone = (panel: Panel) => panel.results[0]?.id === panel.id

export function ResultsTab({ chart, selection }: TabProps) {
  const t = useTexts(chartTexts)
  const pages = usePages('results', { patientId: chart.banner.patientId })
  return (
    <SectionList
      label={t('tab.results')}
      empty={t('results.none')}
      pages={pages}
      kind={(panel) => (isLone(panel) ? 'observation' : 'report')}
      selection={selection}
      draw={(panel) => <PanelLine panel={panel} />}
    />
  )
}

function PanelLine({ panel }: { panel: Panel }) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const rest = panel.results.length - shownValues
  const isFinal = ['final', 'amended', 'corrected', 'appended'].includes(panel.status)
  const [lone] = panel.results
  return (
    <span className="os-grow">
      <span className="ch-line-head">
        <span className="os-grow">
          <bdi className="ch-title">{panel.display}</bdi>
          {isFinal ? null : <span className="ch-detail"> · {code(panel.status)}</span>}
          {isLone(panel) && lone ? (
            <>
              {' '}
              <Measurement observation={lone} />
            </>
          ) : null}
        </span>
        <span className="ch-date">{days.short(panel.effectiveAt)}</span>
      </span>
      {isLone(panel) ? null : (
        <span className="ch-values">
          {panel.results.slice(0, shownValues).map((result) => (
            <ValueLine key={result.id} observation={result} />
          ))}
          {rest > 0 ? <span className="os-dim os-sm">{t('results.more', { count: rest })}</span> : null}
        </span>
      )}
    </span>
  )
}

function ValueLine({ observation }: { observation: ObservationLine }) {
  return (
    <span className="ch-value-line">
      <bdi className="os-dim">{observation.display}</bdi> <Measurement observation={observation} />
    </span>
  )
}

const categories = [
  'vital-signs',
  'laboratory',
  'exam',
  'survey',
  'social-history',
  'imaging',
  'procedure',
] as const
type Category = (typeof categories)[number] | ''

export function ValuesTab({ chart, selection }: TabProps) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const [category, setCategory] = useState<Category>('')
  const pages = usePages('observations', { patientId: chart.banner.patientId, category: category || null })
  return (
    <>
      <div className="ch-filter">
        <h2>{t('tab.values')}</h2>
        <FilterSelect
          label={t('values.filter')}
          value={category}
          onChange={setCategory}
          choices={[
            { value: '', label: t('values.all') },
            ...categories.map((c) => ({ value: c, label: code(c) })),
          ]}
        />
      </div>
      <SectionList
        label={t('tab.values')}
        empty={t('values.none')}
        pages={pages}
        kind={() => 'observation'}
        selection={selection}
        draw={(o) => (
          <>
            <span className="os-grow">
              <bdi className="ch-detail">{o.display}</bdi> <Measurement observation={o} />
            </span>
            <span className="ch-date">{days.short(o.effectiveAt)}</span>
          </>
        )}
      />
    </>
  )
}

export function VisitsTab({ chart, selection }: TabProps) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const pages = usePages('encounters', { patientId: chart.banner.patientId })
  return (
    <SectionList
      label={t('tab.visits')}
      empty={t('visits.none')}
      pages={pages}
      kind={() => 'encounter'}
      selection={selection}
      draw={(visit: Chart['encounters'][number]) => (
        <>
          <span className="os-grow">
            <bdi className="ch-title">{visit.typeDisplay ?? visit.reasonDisplay ?? t('visits.untitled')}</bdi>
            <span className="ch-sub">
              {[
                visit.typeDisplay ? visit.reasonDisplay : null,
                visit.practitioner,
                visit.status === 'finished' ? null : code(visit.status),
                visit.notes > 0 ? t('visits.notes', { count: visit.notes }) : null,
              ]
                .filter((part) => part !== null)
                .map((part, n) => (
                  <span key={part}>
                    {n > 0 ? ' · ' : null}
                    <bdi>{part}</bdi>
                  </span>
                ))}
            </span>
          </span>
          <span className="ch-date">{days.short(visit.start)}</span>
        </>
      )}
    />
  )
}

export function DocumentsTab({ chart, selection }: TabProps) {
  const t = useTexts(chartTexts)
  const days = useDays()
  const pages = usePages('documents', { patientId: chart.banner.patientId })
  return (
    <SectionList
      label={t('tab.documents')}
      empty={t('documents.none')}
      pages={pages}
      kind={() => 'document'}
      selection={selection}
      draw={(doc) => (
        <>
          <span className="os-grow">
            <bdi className="ch-title">{doc.title ?? doc.typeDisplay}</bdi>
            <span className="ch-sub">
              <bdi>{doc.title ? doc.typeDisplay : (doc.description ?? '')}</bdi>
              {doc.author ? (
                <>
                  {' · '}
                  <bdi>{doc.author}</bdi>
                </>
              ) : null}
            </span>
          </span>
          <span className="ch-date">{days.short(doc.date)}</span>
        </>
      )}
    />
  )
}
