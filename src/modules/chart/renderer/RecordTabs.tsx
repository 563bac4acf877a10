// The right column: timeline, results, values, visits, documents, imported originals. One list at a time.
import { type KeyboardEvent, useId } from 'react'
import { useMay } from '#renderer/app/access.ts'
import type { NeededAccess } from '#renderer/app/module.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { Chart } from '../shared/contract.ts'
import { DocumentsTab, ResultsTab, ValuesTab, VisitsTab } from './record-lists.tsx'
import { chartTexts } from './i18n.ts'
import type { Selection } from './selection.ts'
import { SourcesTab } from './SourcesTab.tsx'
import { TimelineTab } from './TimelineTab.tsx'

const tabs = [
  { name: 'timeline', access: 'notes.R' },
  { name: 'results', access: 'results.R' },
  { name: 'values', access: 'vitals.R' },
  { name: 'visits', access: 'notes.R' },
  { name: 'documents', access: 'documents.R' },
  { name: 'sources', access: 'notes.R' },
] as const satisfies readonly { name: string; access: NeededAccess }[]
export type TabName = (typeof tabs)[number]['name']

export interface RecordTabsProps {
  readonly chart: Chart
  readonly selection: Selection
  readonly tab: TabName
  readonly onTab: (tab: TabName) => void
}

export function RecordTabs({ chart, selection, tab, onTab }: RecordTabsProps) {
  const t = useTexts(chartTexts)
  const may = useMay()
  const id = useId()
  const shown = tabs.filter(({ access }) => may(access))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const rtl = document.documentElement.dir === 'rtl'
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = shown.findIndex(({ name }) => name === tab)
    const next = shown[(at + step + shown.length) % shown.length]
    if (!next) return
    onTab(next.name)
    document.getElementById(`${id}-${next.name}`)?.focus()
  }
  const parts = { chart, selection }
  return (
    <>
      <div className="ch-tabs" role="tablist" aria-label={t('tab.label')}>
        {shown.map(({ name }) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            aria-selected={name === tab}
            aria-controls={`${id}-panel`}
            tabIndex={name === tab ? 0 : -1}
            className="ch-tab"
            onClick={() => onTab(name)}
            onKeyDown={onKeyDown}
          >
            {t(`tab.${name}`)}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className="ch-panel">
        {tab === 'timeline' ? <TimelineTab {...parts} /> : null}
        {tab === 'results' ? <ResultsTab {...parts} /> : null}
        {tab === 'values' ? <ValuesTab {...parts} /> : null}
        {tab === 'visits' ? <VisitsTab {...parts} /> : null}
        {tab === 'documents' ? <DocumentsTab {...parts} /> : null}
        {tab === 'sources' ? <SourcesTab {...parts} /> : null}
      </div>
    </>
  )
}
