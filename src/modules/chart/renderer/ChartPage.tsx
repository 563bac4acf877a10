// The chart on one screen: who it is, what is always true of them, the note, and what happened (look/chart.png).
// One call opens it. Further pages come by section; notes are the notes module's.
import { useState } from 'react'
import { Navigate, useParams } from 'react-router'
import { EmergencyFrame, OutOfReach, ReasonForm } from '#modules/access/renderer/api.ts'
import { NoteDesk } from '#modules/notes/renderer/api.ts'
import { PatientBanner, usePatientContext } from '#modules/patients/renderer/api.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { chartActions } from '#renderer/app/registry.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { PatientId } from '#shared/ids.ts'
import { Skeleton } from '#ui/States.tsx'
import { type Chart, chart } from '../shared/contract.ts'
import { chartTexts } from './i18n.ts'
import { ItemView } from './ItemView.tsx'
import { Missing } from './Missing.tsx'
import { Profile } from './Profile.tsx'
import { RecordTabs, type TabName } from './RecordTabs.tsx'
import { type Selection, useSelection } from './selection.ts'
import { SourceView } from './SourceView.tsx'
import { lastVisitOf } from './timeline.ts'
import { useDays } from './use-days.ts'
import { VitalStrip } from './Vitals.tsx'
import { WholeList } from './WholeList.tsx'
import './chart.css'

export function ChartPage() {
  const { patientId } = useParams()
  const may = useMay()
  const id = PatientId.safeParse(patientId)
  if (!id.success) return <Missing />
  // The desk and the office know who somebody is, not what they have.
  if (!may('notes.R')) return <Navigate to={`/patients/${id.data}/details`} replace />
  return <ChartOf key={id.data} patientId={id.data} />
}

function ChartOf({ patientId }: { patientId: PatientId }) {
  usePatientContext(patientId)
  const t = useTexts(chartTexts)
  const opened = useRead(chart, 'open', { patientId })
  // Nobody's name: task bars show titles, and a browser's history keeps them on its disk.
  useTitle(t('chart.label'))
  const again = () => void opened.refetch()
  if (opened.error?.code === 'NOT_FOUND') {
    return (
      <OutOfReach patientId={patientId} onOpened={again}>
        <Missing />
      </OutOfReach>
    )
  }
  if (opened.error?.code === 'ACCESS_REASON_NEEDED') {
    return <ReasonForm patientId={patientId} onGiven={again} />
  }
  return (
    <QueryView query={opened} loading={<Skeleton lines={8} height={18} />}>
      {(data) => (
        <EmergencyFrame patientId={patientId} onEnded={again}>
          <ChartScreen data={data} />
        </EmergencyFrame>
      )}
    </QueryView>
  )
}

const parts = ['profile', 'middle', 'record'] as const
type Part = (typeof parts)[number]

function ChartScreen({ data }: { data: Chart }) {
  const t = useTexts(chartTexts)
  const address = useSelection()
  const [signHost, setSignHost] = useState<HTMLElement | null>(null)
  const [part, setPart] = useState<Part>('middle')
  const [tab, setTab] = useState<TabName>('timeline')
  // On a phone one part is seen at a time: what is opened comes to the front.
  const toMiddle =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      setPart('middle')
      act(...args)
    }
  const selection: Selection = {
    ...address,
    openItem: toMiddle(address.openItem),
    openList: toMiddle(address.openList),
    close: toMiddle(address.close),
  }
  const { selected } = selection
  useChartKeys(selection)
  const { banner } = data
  const isNote = selected?.type === 'item' && selected.kind === 'note'
  return (
    <div className="ch-page">
      <PatientBanner
        patient={banner}
        allergies={data.allergies}
        to={`/patients/${banner.patientId}/details`}
        actions={
          <>
            {chartActions().map(({ order, Action }) => (
              <Action key={order} patientId={banner.patientId} />
            ))}
            <span ref={setSignHost} className="ch-sign" />
          </>
        }
      />
      <PartSwitch part={part} onPart={setPart} />
      <div className="ch-three" data-part={part}>
        <aside className="ch-col ch-profile" aria-label={t('chart.profile')}>
          <Profile
            chart={data}
            selection={selection}
            onAllVitals={() => {
              setTab('values')
              setPart('record')
            }}
          />
        </aside>
        <div className="ch-col ch-middle">
          <Middle data={data} selection={selection} />
          <NoteDesk
            patient={banner}
            drafts={data.drafts}
            visits={data.encounters}
            draftId={selection.draftId}
            signedId={isNote ? selected.id : null}
            isShown={selected === null || isNote}
            signHost={signHost}
            lastVisit={<LastVisit encounters={data.encounters} />}
            onRead={(noteId) => {
              if (noteId) selection.openItem('note', noteId)
              else selection.close()
            }}
          >
            <VitalStrip vitals={data.vitals} />
          </NoteDesk>
        </div>
        <aside className="ch-col ch-record" aria-label={t('chart.record')}>
          <RecordTabs chart={data} selection={selection} tab={tab} onTab={setTab} />
        </aside>
      </div>
    </div>
  )
}

function LastVisit({ encounters }: { encounters: Chart['encounters'] }) {
  const t = useTexts(chartTexts)
  const days = useDays()
  const last = lastVisitOf(encounters, days.today, days.timeZone)
  if (!last?.start) return null
  const date = days.short(last.start)
  return (
    <span className="os-dim">
      {last.practitioner
        ? t('visits.last', { date, name: last.practitioner })
        : t('visits.lastUnnamed', { date })}
    </span>
  )
}

function Middle({ data, selection }: { data: Chart; selection: Selection }) {
  const { selected } = selection
  const { patientId } = data.banner
  if (selected?.type === 'list') return <WholeList chart={data} list={selected.list} selection={selection} />
  if (selected?.type !== 'item' || selected.kind === 'note') return null
  const { kind, id } = selected
  if (kind === 'source') return <SourceView key={id} patientId={patientId} id={id} selection={selection} />
  return <ItemView key={id} chart={data} kind={kind} id={id} selection={selection} />
}

/** Phones show one part at a time, tablets the note and one of the others. */
function PartSwitch({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const t = useTexts(chartTexts)
  return (
    <div className="ch-switch" role="group" aria-label={t('chart.parts')}>
      {parts.map((name) => (
        <button
          key={name}
          type="button"
          className={`ch-switch-part ch-switch-${name}`}
          aria-pressed={name === part}
          onClick={() => onPart(name)}
        >
          {t(`chart.${name}`)}
        </button>
      ))}
    </div>
  )
}

/** Arrow keys reach the list on the right from anywhere outside a text; Escape leads back to the note. */
function useChartKeys(selection: Selection): void {
  const list = () => document.querySelector<HTMLElement>('[data-main-list]')
  const pass = (key: string) => () => {
    const box = list()
    if (!box) return
    box.focus({ preventScroll: true })
    box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }
  const back = () => {
    const { activeElement } = document
    // Out of the text first: then the keys of the screen work.
    if (!selection.selected && activeElement instanceof HTMLElement) activeElement.blur()
    selection.close()
  }
  useShortcuts([
    { keys: 'ArrowDown', labelKey: chartTexts.key('key.next'), run: pass('ArrowDown') },
    { keys: 'ArrowUp', labelKey: chartTexts.key('key.previous'), run: pass('ArrowUp') },
    { keys: 'Escape', labelKey: chartTexts.key('key.back'), run: back },
  ])
}
