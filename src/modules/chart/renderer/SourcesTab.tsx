// Imported originals: everything that came in, with or without a place of its own in the chart.
import { useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { Checkbox } from '#ui/SelectField.tsx'
import { FilterSelect } from './FilterSelect.tsx'
import { chartTexts } from './i18n.ts'
import { SectionList } from './record-lists.tsx'
import type { TabProps } from './TimelineTab.tsx'
import { useDays } from './use-days.ts'
import { usePages } from './use-pages.ts'

export function SourcesTab({ chart, selection }: TabProps) {
  const t = useTexts(chartTexts)
  const days = useDays()
  const [onlyUnmapped, setOnlyUnmapped] = useState(false)
  const [type, setType] = useState('')
  const pages = usePages('sources', {
    patientId: chart.banner.patientId,
    onlyUnmapped,
    resourceType: type || null,
  })
  const types = pages.first?.types ?? []
  return (
    <>
      <div className="ch-filter">
        <h2>{t('tab.sources')}</h2>
        <FilterSelect
          label={t('sources.filter')}
          value={type}
          onChange={setType}
          choices={[
            { value: '', label: t('sources.allTypes') },
            ...types.map((one) => ({ value: one.resourceType, label: `${one.resourceType} (${one.count})` })),
          ]}
        />
      </div>
      <Checkbox checked={onlyUnmapped} onChange={setOnlyUnmapped}>
        {t('sources.onlyUnmapped')}
      </Checkbox>
      <SectionList
        label={t('tab.sources')}
        empty={onlyUnmapped ? t('sources.noneUnmapped') : t('sources.none')}
        pages={pages}
        kind={() => 'source'}
        selection={selection}
        draw={(source) => (
          <>
            <span className="os-grow">
              <bdi className="ch-title">{source.title ?? source.resourceType}</bdi>
              <span className="ch-sub">
                <bdi>{source.title ? source.resourceType : source.sourceId}</bdi>
                {source.mapped ? null : ` · ${t('sources.unmapped')}`}
              </span>
            </span>
            <span className="ch-date">{days.short(source.at)}</span>
          </>
        )}
      />
    </>
  )
}
