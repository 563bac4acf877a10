// All problems or all medicines in the middle, past ones included, page after page.
import type { ReactNode } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import type { Chart } from '../shared/contract.ts'
import { chartTexts, useCodes } from './i18n.ts'
import { CloseButton } from './ItemView.tsx'
import { SectionList } from './record-lists.tsx'
import type { ListKind, Selection } from './selection.ts'
import { useDays } from './use-days.ts'
import { usePages } from './use-pages.ts'

export interface WholeListProps {
  readonly chart: Chart
  readonly list: ListKind
  readonly selection: Selection
}

export function WholeList({ chart, list, selection }: WholeListProps) {
  const t = useTexts(chartTexts)
  return (
    <section className="ch-item" aria-label={t(`${list}.title`)}>
      <header className="ch-item-head">
        <h2>{t(`${list}.title`)}</h2>
        <span className="os-dim">{chart.totals[list]}</span>
        <span className="ch-item-acts">
          <CloseButton selection={selection} />
        </span>
      </header>
      <div className="ch-paper ch-whole">
        {list === 'problems' ? (
          <AllProblems chart={chart} selection={selection} />
        ) : (
          <AllMedicines chart={chart} selection={selection} />
        )}
      </div>
    </section>
  )
}

type PartProps = Omit<WholeListProps, 'list'>

function AllProblems({ chart, selection }: PartProps) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const pages = usePages('problems', { patientId: chart.banner.patientId })
  return (
    <SectionList
      label={t('problems.title')}
      empty={t('problems.none')}
      pages={pages}
      kind={() => 'condition'}
      selection={selection}
      draw={(p) => (
        <Line
          title={p.display}
          beside={p.code}
          below={[p.clinicalStatus, p.verificationStatus].flatMap((c) => (c ? [code(c)] : [])).join(' · ')}
          end={[p.onset, p.abatement].flatMap((time) => (time ? [days.short(time)] : [])).join(' – ')}
        />
      )}
    />
  )
}

function AllMedicines({ chart, selection }: PartProps) {
  const t = useTexts(chartTexts)
  const { code } = useCodes()
  const days = useDays()
  const pages = usePages('medicines', { patientId: chart.banner.patientId })
  return (
    <SectionList
      label={t('medicines.title')}
      empty={t('medicines.none')}
      pages={pages}
      kind={() => 'medication'}
      selection={selection}
      draw={(m) => (
        <Line
          title={m.display}
          beside={code(m.status)}
          below={m.dosageText ?? m.reason ?? ''}
          end={days.short(m.authoredOn)}
        />
      )}
    />
  )
}

function Line({
  title,
  beside,
  below,
  end,
}: {
  title: string
  beside: string | null
  below: string
  end: ReactNode
}) {
  return (
    <>
      <span className="os-grow">
        <bdi className="ch-title">{title}</bdi> {beside ? <bdi className="ch-detail">{beside}</bdi> : null}
        {below ? (
          <span className="ch-sub">
            <bdi>{below}</bdi>
          </span>
        ) : null}
      </span>
      <span className="ch-date">{end}</span>
    </>
  )
}
