// Earlier sick notes of a patient: printed again with a mark, or taken back with a reason.
import { useState } from 'react'
import { MarkItemButton } from '#modules/access/renderer/api.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { papers, type SickNote } from '../shared/contract.ts'
import { papersTexts } from './i18n.ts'
import { PrintMenu } from './PrintMenu.tsx'

export function SickNoteList({ patientId, notes }: { patientId: PatientId; notes: readonly SickNote[] }) {
  const t = useTexts(papersTexts)
  const { date } = useFormats()
  const [taken, setTaken] = useState<SickNote | null>(null)
  if (notes.length === 0) return null
  return (
    <section aria-label={t('sick.former')}>
      <h3 className="os-label">{t('sick.former')}</h3>
      <ul className="pp-notes">
        {notes.map((note) => (
          <li key={note.id} className={note.revoked ? 'os-dim' : ''}>
            <span className="pp-note-what">
              <strong>{t('sick.range', { from: date(note.from), until: date(note.until) })}</strong>
              <span className="os-dim">
                <bdi>{note.number}</bdi> · <bdi>{note.authorName}</bdi>
                {note.copies > 0 ? ` · ${t('sick.copies', { count: note.copies })}` : ''}
              </span>
              {note.revoked ? <span>{t('sick.revoked', { reason: note.revoked.reason })}</span> : null}
              {note.signature === 'broken' ? <Tag tone="bad">{t('sick.broken')}</Tag> : null}
            </span>
            <span className="pp-acts">
              <MarkItemButton
                patientId={patientId}
                target={{ table: 'sick_note', id: note.id }}
                inRow={note.number}
              />
              {note.revoked ? null : (
                <>
                  <PrintMenu
                    small
                    paper={{ kind: 'sick-note', patientId, id: note.id }}
                    disabled={note.signature === 'broken'}
                  />
                  <Button small onClick={() => setTaken(note)}>
                    {t('sick.revoke')}
                  </Button>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {taken ? <RevokeDialog patientId={patientId} note={taken} onClose={() => setTaken(null)} /> : null}
    </section>
  )
}

/** A legal act: it asks for its reason. */
function RevokeDialog({
  patientId,
  note,
  onClose,
}: {
  patientId: PatientId
  note: SickNote
  onClose: () => void
}) {
  const t = useTexts(papersTexts)
  const words = useErrorText()
  const [reason, setReason] = useState('')
  const revoke = useAct(papers, 'revokeSickNote', {
    onDone: () => {
      showToast({ text: t('sick.revokedDone', { number: note.number }) })
      onClose()
    },
  })
  const isLong = reason.trim().length >= 10
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={() => revoke.start({ patientId, id: note.id, reason })}
      title={t('sick.revokeTitle', { number: note.number })}
      submitLabel={t('sick.revoke')}
      submitIntent="danger"
      isBusy={revoke.isPending}
      canSubmit={isLong}
      error={revoke.error ? words(revoke.error) : undefined}
      width="small"
    >
      <TextAreaField
        label={t('sick.reason')}
        hint={t('sick.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
      />
    </Dialog>
  )
}
