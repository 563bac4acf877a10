// One sick note: filled in for most cases, signed and printed by Enter; the earlier ones below it.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { addDays, daysBetween } from '#shared/zoned-time.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { papers, type SickNote } from '../shared/contract.ts'
import { papersTexts } from './i18n.ts'
import { SickNoteList } from './SickNoteList.tsx'
import { usePaper } from './use-paper.ts'
import './papers.css'

/** Days of a note that nobody changes. */
const usualDays = 3
/** An earlier note that ended this recently is followed up. */
const followUpDays = 3

interface Props {
  readonly patientId: PatientId
  readonly onClose: () => void
}

export function SickNoteDialog({ patientId, onClose }: Props) {
  const list = useRead(papers, 'sickNotes', { patientId })
  return (
    <QueryView query={list}>
      {({ notes, today }) => (
        <SickNoteForm
          key={notes[0]?.id ?? ''}
          patientId={patientId}
          onClose={onClose}
          notes={notes}
          today={today}
        />
      )}
    </QueryView>
  )
}

function SickNoteForm({
  patientId,
  onClose,
  notes,
  today,
}: Props & { notes: readonly SickNote[]; today: string }) {
  const t = useTexts(papersTexts)
  const words = useErrorText()
  const acts = usePaper()
  const [start] = useState(() => suggestion(notes, today))
  const [from, setFrom] = useState<string | null>(start.from)
  const [until, setUntil] = useState<string | null>(start.until)
  const [isFollowUp, setFollowUp] = useState(start.isFollowUp)
  const [diagnosis, setDiagnosis] = useState('')
  const [remarks, setRemarks] = useState('')
  const issue = useAct(papers, 'issueSickNote', {
    onDone: (note) => {
      showToast({ text: t('sick.issued', { number: note.number }) })
      onClose()
      void acts.print({ kind: 'sick-note', patientId, id: note.id })
    },
  })
  const isWhole = from?.length === 10 && until?.length === 10
  const isOrdered = isWhole && from <= until
  const submit = () => {
    if (!isOrdered || issue.isPending) return
    const orNull = (text: string) => text.trim() || null
    issue.start({
      patientId,
      from,
      until,
      isFollowUp,
      diagnosis: orNull(diagnosis),
      remarks: orNull(remarks),
    })
  }
  const bad = issue.error?.code === 'IMPOSSIBLE_VALUE' ? String(issue.error.details.field) : null
  const isDouble = issue.error?.code === 'DUPLICATE'
  const doubled = isDouble ? t('sick.double', { number: String(issue.error?.details.number) }) : undefined
  const days = isOrdered ? daysBetween(from, until) + 1 : null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title={t('sick.title')}
      submitLabel={t('sick.issue')}
      isBusy={issue.isPending}
      canSubmit={isOrdered}
      error={issue.error && bad === null && !isDouble ? words(issue.error) : undefined}
    >
      <div className="os-stack">
        <div className="pp-dates">
          <DateField
            label={t('sick.from')}
            value={from}
            onChange={setFrom}
            allowFuture
            error={bad === 'from' ? t('sick.bad.from') : doubled}
          />
          <DateField
            label={t('sick.until')}
            value={until}
            onChange={setUntil}
            allowFuture
            autoFocus
            error={bad === 'until' || (isWhole && !isOrdered) ? t('sick.bad.until') : undefined}
            describe={() => (days === null ? null : t('sick.days', { count: days }))}
          />
        </div>
        <Checkbox checked={isFollowUp} onChange={setFollowUp}>
          {t('sick.followUp')}
        </Checkbox>
        <TextField
          label={t('sick.diagnosis')}
          hint={t('sick.diagnosisHint')}
          optional
          value={diagnosis}
          onChange={setDiagnosis}
          maxLength={300}
        />
        <TextField
          label={t('sick.remarks')}
          optional
          value={remarks}
          onChange={setRemarks}
          maxLength={1000}
        />
        <SickNoteList patientId={patientId} notes={notes} />
      </div>
    </Dialog>
  )
}

/** A note that has just run out or is about to goes on the day after it. */
function suggestion(notes: readonly SickNote[], today: string) {
  const last = notes.filter((note) => note.revoked === null).sort((a, b) => b.until.localeCompare(a.until))[0]
  const goesOn =
    last && daysBetween(last.until, today) <= followUpDays && daysBetween(today, last.until) <= followUpDays
  const from = goesOn && last.until >= today ? addDays(last.until, 1) : today
  return { from, until: addDays(from, usualDays - 1), isFollowUp: goesOn === true }
}
