// One record of the chart in the middle: its fields in words, the values of a report as a table, the way to the original.
import { Cross, DocumentCode, Edit } from '@blueprintjs/icons'
import type { ReactNode } from 'react'
import { MarkItemButton } from '#modules/access/renderer/api.ts'
import { markableOfKind } from '#modules/access/shared/marks.ts'
import { AmendmentsOfItem } from '#modules/privacy/renderer/api.ts'
import { editProfile } from '#modules/profile/renderer/api.ts'
import { type OutputFor, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Table } from '#ui/Table.tsx'
import { type Chart, chart, type ObservationLine } from '../shared/contract.ts'
import { type FieldForm, type FieldName, fieldForms } from '../shared/fields.ts'
import { chartTexts, useCodes } from './i18n.ts'
import { Measurement } from './Measurement.tsx'
import { rangeOf } from './measured.ts'
import { ProfileLine } from './ProfileSection.tsx'
import type { ItemKind, Selection } from './selection.ts'
import { usePages } from './use-pages.ts'

type Item = OutputFor<typeof chart, 'item'>

export interface ItemViewProps {
  readonly chart: Chart
  readonly kind: Exclude<ItemKind, 'source' | 'note'>
  readonly id: string
  readonly selection: Selection
}

export function ItemView({ chart: data, kind, id, selection }: ItemViewProps) {
  const { patientId } = data.banner
  const item = useRead(chart, 'item', { patientId, kind, id })
  return (
    <QueryView query={item}>
      {(found) => (
        <MiddleFrame
          kind={kind}
          title={found.title}
          selection={selection}
          actions={
            <>
              <MarkItemButton patientId={patientId} target={{ table: markableOfKind[kind], id }} />
              <EditButton patientId={patientId} kind={kind} id={id} />
              {found.sourceId ? <SourceButton sourceId={found.sourceId} selection={selection} /> : null}
            </>
          }
        >
          <AmendmentsOfItem patientId={patientId} table={tableOfKind[kind]} id={id} />
          {kind === 'report' ? (
            <ReportValues patientId={patientId} id={id} item={found} />
          ) : (
            <Fields item={found} />
          )}
          {kind === 'encounter' ? (
            <NotesOfVisit notes={data.notes} visitId={id} selection={selection} />
          ) : null}
        </MiddleFrame>
      )}
    </QueryView>
  )
}

const tableOfKind = {
  encounter: 'encounter',
  condition: 'condition',
  allergy: 'allergy_intolerance',
  medication: 'medication_request',
  observation: 'observation',
  report: 'diagnostic_report',
  immunization: 'immunization',
  procedure: 'procedure',
  document: 'document_reference',
  'care-plan': 'care_plan',
} as const

/** The signed notes of a visit, as far as they are among the newest ones at hand. */
function NotesOfVisit({
  notes,
  visitId,
  selection,
}: {
  notes: Chart['notes']
  visitId: string
  selection: Selection
}) {
  const t = useTexts(chartTexts)
  const f = useFormats()
  const own = notes.filter((note) => note.encounterId === visitId)
  if (own.length === 0) return null
  return (
    <section className="ch-sec" aria-label={t('kinds.note')}>
      <h3>{t('kinds.note')}</h3>
      <ul>
        {own.map((note) => (
          <ProfileLine
            key={note.id}
            end={f.instant(note.signedAt)}
            onOpen={() => selection.openItem('note', note.id)}
          >
            <bdi>{note.title}</bdi> <bdi className="os-dim">{note.authorName}</bdi>
          </ProfileLine>
        ))}
      </ul>
    </section>
  )
}

interface MiddleFrameProps {
  readonly kind: ItemKind
  readonly title: string
  readonly selection: Selection
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Head and paper of whatever is read in the middle. */
export function MiddleFrame({ kind, title, selection, actions, children }: MiddleFrameProps) {
  const t = useTexts(chartTexts)
  const fallback = t(kind === 'encounter' ? 'visits.untitled' : 'timeline.untitled')
  return (
    <article className="ch-item" aria-label={title || fallback}>
      <header className="ch-item-head">
        <h2 dir="auto">{title || fallback}</h2>
        {title ? <Tag>{t(`kind.${kind}`)}</Tag> : null}
        <span className="ch-item-acts">
          {actions}
          <CloseButton selection={selection} />
        </span>
      </header>
      <div className="ch-paper">{children}</div>
    </article>
  )
}

export function CloseButton({ selection }: { selection: Selection }) {
  const t = useTexts(chartTexts)
  return (
    <Button icon={<Cross />} kbd="Escape" onClick={selection.close}>
      {t('item.close')}
    </Button>
  )
}

/** Problems and allergies are edited; the rest of the record is corrected where it comes from. */
function EditButton({ patientId, kind, id }: Pick<ItemViewProps, 'kind' | 'id'> & { patientId: PatientId }) {
  const t = useTexts(chartTexts)
  const may = useMay()
  if ((kind !== 'condition' && kind !== 'allergy') || !may('profile.U')) return null
  const edit = () => editProfile({ kind: kind === 'allergy' ? 'allergy' : 'problem', patientId, id })
  return (
    <Button icon={<Edit />} onClick={edit}>
      {t('item.edit')}
    </Button>
  )
}

function SourceButton({ sourceId, selection }: { sourceId: string; selection: Selection }) {
  const t = useTexts(chartTexts)
  return (
    <Button icon={<DocumentCode />} onClick={() => selection.openItem('source', sourceId)}>
      {t('item.source')}
    </Button>
  )
}

const formOf = (name: string): FieldForm => (name in fieldForms ? fieldForms[name as FieldName] : 'text')
const isField = (name: string): name is FieldName => name in fieldForms

/** Fields of one name stand under one label. */
function Fields({ item, without = [] }: { item: Item; without?: readonly string[] }) {
  const t = useTexts(chartTexts)
  const { field } = useCodes()
  const groups = Map.groupBy(
    item.fields.filter(({ name }) => !without.includes(name)),
    ({ name }) => name,
  )
  if (groups.size === 0) return <p className="os-dim">{t('item.noFields')}</p>
  return (
    <dl className="ch-fields">
      {[...groups].map(([name, values]) => (
        <div key={name}>
          <dt>{isField(name) ? field(name) : name}</dt>
          {values.map(({ value }, n) => (
            <dd key={n}>
              <FieldValue name={name} value={value} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

function FieldValue({ name, value }: { name: string; value: string }) {
  const f = useFormats()
  const { code } = useCodes()
  const form = formOf(name)
  if (form === 'time') return <>{/^\d{4}/.test(value) ? f.clinicalTime(value) : value}</>
  if (form === 'code') return <>{code(value, isField(name) ? name : undefined)}</>
  if (name === 'size') return <>{f.bytes(Number(value))}</>
  return (
    <span className="ch-text" dir="auto">
      {value}
    </span>
  )
}

/** The values come with the list of results; a report older than its first page is told in text. */
function ReportValues({ patientId, id, item }: { patientId: string; id: string; item: Item }) {
  const t = useTexts(chartTexts)
  const panel = usePages('results', { patientId }).items?.find((p) => p.id === id)
  if (!panel) return <Fields item={item} />
  return (
    <>
      <Fields item={item} without={['result']} />
      {panel.results.length > 0 ? (
        <ValueTable label={item.title} values={panel.results} />
      ) : (
        <p className="os-dim">{t('results.noValues')}</p>
      )}
    </>
  )
}

function ValueTable({ label, values }: { label: string; values: readonly ObservationLine[] }) {
  const t = useTexts(chartTexts)
  return (
    <div className="ch-table">
      <Table
        label={label}
        rows={values}
        rowKey={(o) => o.id}
        columns={[
          { key: 'test', head: t('results.test'), cell: (o) => <bdi>{o.display}</bdi>, rowHeader: true },
          { key: 'value', head: t('results.value'), cell: (o) => <Measurement observation={o} /> },
          {
            key: 'range',
            head: t('results.range'),
            cell: (o) => (
              <bdi dir="ltr" className="os-dim">
                {rangeOf(o)}
              </bdi>
            ),
          },
        ]}
      />
    </div>
  )
}
