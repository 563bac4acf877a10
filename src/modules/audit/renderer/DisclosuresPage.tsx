// What was given to others about a patient: the list, orders not to tell, the paper for the patient.
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Facts } from '#ui/Facts.tsx'
import { Tag } from '#ui/Marks.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { audit } from '../shared/contract.ts'
import type { Disclosure, Suspension } from '../shared/disclosure.ts'
import { DisclosureDialog, OrderDialog } from './DisclosureDialog.tsx'
import { auditTexts } from './i18n.ts'
import { PaperActs } from './PaperActs.tsx'
import { useAuditWords } from './words.ts'
import './audit.css'

export function DisclosuresPage() {
  const { patientId = '' } = useParams()
  return <Disclosures key={patientId} patientId={patientId as PatientId} />
}

function Disclosures({ patientId }: { patientId: PatientId }) {
  const { t } = useAuditWords()
  useTitle(t('disclosed.title'))
  const navigate = useNavigate()
  const [withRoutine, setRoutine] = useState(false)
  const [dialog, setDialog] = useState<'add' | 'order' | null>(null)
  const [open, setOpen] = useState<Disclosure | null>(null)
  const read = useRead(audit, 'disclosures', { patientId })
  const print = useAct(audit, 'printDisclosures')
  useShortcuts([{ keys: 'n', labelKey: auditTexts.key('disclosed.add'), run: () => setDialog('add') }])
  return (
    <div className="os-page">
      <PageHeader
        title={t('disclosed.title')}
        meta={<bdi>{read.data?.patientName ?? ''}</bdi>}
        actions={
          <>
            <Button onClick={() => void navigate(`/audit/patients/${patientId}`)}>{t('who.title')}</Button>
            <Button onClick={() => setDialog('order')}>{t('order.add')}</Button>
            <Button intent="primary" kbd="n" onClick={() => setDialog('add')}>
              {t('disclosed.add')}
            </Button>
          </>
        }
      />
      <Card label={t('paper.print')}>
        <div className="os-stack">
          <Checkbox checked={withRoutine} onChange={setRoutine}>
            {t('disclosed.routine')}
          </Checkbox>
          <PaperActs
            make={(language, then) => print.start({ patientId, withRoutine, language }, then)}
            isPending={print.isPending}
          />
        </div>
      </Card>
      <QueryView query={read}>
        {({ disclosures, suspensions }) => (
          <>
            <Card padded={false} label={t('disclosed.title')} className="au-wide" isWide>
              <DisclosureTable disclosures={disclosures} onOpen={setOpen} />
            </Card>
            {suspensions.length > 0 ? <Orders patientId={patientId} orders={suspensions} /> : null}
          </>
        )}
      </QueryView>
      {dialog === 'add' ? <DisclosureDialog patientId={patientId} onClose={() => setDialog(null)} /> : null}
      {dialog === 'order' ? <OrderDialog patientId={patientId} onClose={() => setDialog(null)} /> : null}
      {open ? (
        <OneDisclosure key={open.id} patientId={patientId} of={open} onClose={() => setOpen(null)} />
      ) : null}
    </div>
  )
}

interface DisclosureTableProps {
  readonly disclosures: readonly Disclosure[]
  readonly onOpen: (disclosure: Disclosure) => void
}

function DisclosureTable({ disclosures, onOpen }: DisclosureTableProps) {
  const { t, f } = useAuditWords()
  const columns: readonly Column<Disclosure>[] = [
    {
      key: 'when',
      head: t('disclosed.when'),
      cell: (d) => <span className="au-nowrap">{f.instant(d.occurredAt, 'date')}</span>,
    },
    {
      key: 'recipient',
      head: t('disclosed.recipient'),
      rowHeader: true,
      cell: (d) => (
        <>
          <bdi>{d.recipient}</bdi> {d.suspended ? <Tag tone="warn">{t('disclosed.silent')}</Tag> : null}
        </>
      ),
    },
    { key: 'what', head: t('disclosed.what'), cell: (d) => <bdi>{d.what}</bdi> },
    { key: 'basis', head: t('disclosed.basis'), optional: true, cell: (d) => t(`basis.${d.basis}`) },
    {
      key: 'by',
      head: t('disclosed.by'),
      optional: true,
      cell: (d) => (d.origin === 'act' ? t('disclosed.auto') : <bdi>{d.recordedByName}</bdi>),
    },
  ]
  return (
    <Table
      label={t('disclosed.title')}
      columns={columns}
      rows={disclosures}
      rowKey={(d) => d.id}
      onOpen={onOpen}
      empty={<EmptyState small title={t('disclosed.empty')} text={t('disclosed.emptyText')} />}
    />
  )
}

interface OneDisclosureProps {
  readonly patientId: PatientId
  readonly of: Disclosure
  readonly onClose: () => void
}

function OneDisclosure({ patientId, of, onClose }: OneDisclosureProps) {
  const { t, f, common } = useAuditWords()
  const errorWords = useErrorText()
  const [reason, setReason] = useState('')
  const takeOff = useAct(audit, 'voidDisclosure', {
    onDone: () => {
      showToast({ text: textOf(auditTexts, 'disclosed.voided') })
      onClose()
    },
  })
  const mayTakeOff = of.origin === 'entered'
  const facts = [
    [t('disclosed.when'), f.instant(of.occurredAt, 'date-time')],
    [t('disclosed.recipient'), of.recipient],
    [t('disclosed.kind'), t(`kind.${of.recipientKind}`)],
    [t('disclosed.address'), of.address],
    [t('disclosed.what'), of.what],
    [t('disclosed.basis'), t(`basis.${of.basis}`)],
    [t('disclosed.purpose'), of.purpose],
    [t('disclosed.by'), of.recordedByName],
  ] as const
  return (
    <Dialog
      title={t('disclosed.title')}
      isOpen
      onClose={onClose}
      width="wide"
      error={takeOff.error ? errorWords(takeOff.error) : null}
      actions={
        <>
          {mayTakeOff ? (
            <Button
              intent="danger"
              disabled={reason.trim().length < 3}
              loading={takeOff.isPending}
              onClick={() => takeOff.start({ patientId, id: of.id, rev: of.rev, reason: reason.trim() })}
            >
              {t('disclosed.void')}
            </Button>
          ) : null}
          <span className="os-grow" />
          <Button onClick={onClose} kbd="Escape">
            {common('act.close')}
          </Button>
        </>
      }
    >
      <div className="os-stack">
        <Facts rows={facts} tiles />
        {mayTakeOff ? (
          <TextField
            label={t('disclosed.reason')}
            optional
            value={reason}
            onChange={setReason}
            maxLength={300}
          />
        ) : null}
      </div>
    </Dialog>
  )
}

function Orders({ patientId, orders }: { patientId: PatientId; orders: readonly Suspension[] }) {
  const { t, f } = useAuditWords()
  const end = useAct(audit, 'endSuspension', {
    onDone: () => showToast({ text: textOf(auditTexts, 'order.ended') }),
  })
  const columns: readonly Column<Suspension>[] = [
    { key: 'who', head: t('order.authority'), rowHeader: true, cell: (o) => <bdi>{o.authority}</bdi> },
    { key: 'why', head: t('order.reason'), optional: true, cell: (o) => <bdi>{o.reason}</bdi> },
    {
      key: 'until',
      head: t('order.until'),
      cell: (o) => <span className="au-nowrap">{f.instant(o.until, 'short-date-time')}</span>,
    },
    {
      key: 'act',
      head: <span className="os-sr">{t('order.end')}</span>,
      align: 'end',
      cell: (o) =>
        o.isOver ? (
          <span className="os-dim">{t('order.over')}</span>
        ) : (
          <Button
            small
            onClick={() => end.start({ patientId, id: o.id, rev: o.rev })}
            loading={end.isPending}
          >
            {t('order.end')}
          </Button>
        ),
    },
  ]
  return (
    <Card title={t('order.title')} padded={false}>
      <Table label={t('order.title')} columns={columns} rows={orders} rowKey={(o) => o.id} />
    </Card>
  )
}
