// A signed note exactly as it was signed: its words, who signed when, whether the signature holds, what came after.
import { Endorsed, Error as ErrorIcon, Plus, Time, Unlock } from '@blueprintjs/icons'
import { useState } from 'react'
import { MarkItemButton } from '#modules/access/renderer/api.ts'
import { AmendmentsOfItem } from '#modules/privacy/renderer/api.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { isRole } from '#shared/permissions.ts'
import { type Draft, notes, type SignedNote } from '../shared/contract.ts'
import { notesTexts } from './i18n.ts'
import { NoteBody } from './NoteBody.tsx'
import { isUnnamed } from './note-title.ts'
import type { NotePatient } from './PatientLine.tsx'
import { UnlockDialog } from './UnlockDialog.tsx'

export interface SignedNoteViewProps {
  readonly patient: NotePatient
  readonly noteId: string
  /** A draft of this patient is open here: it comes first. */
  readonly hasDraft: boolean
  readonly onRead: (noteId: string) => void
  readonly onDraft: (draft: Draft) => void
}

export function SignedNoteView({ patient, noteId, hasDraft, onRead, onDraft }: SignedNoteViewProps) {
  const t = useTexts(notesTexts)
  const note = useRead(notes, 'get', { patientId: patient.patientId, id: noteId })
  return (
    <article className="note-signed" aria-label={t('signed.label')}>
      <QueryView query={note}>
        {(signed) => (
          <>
            <header className="note-head">
              <h2 dir="auto">{signed.title}</h2>
              {isUnnamed(signed.title, signed.kind) ? null : <Tag>{t(`kind.${signed.kind}`)}</Tag>}
              <span className="note-head-end">
                <Acts patient={patient} note={signed} hasDraft={hasDraft} onDraft={onDraft} />
              </span>
            </header>
            <Links note={signed} onRead={onRead} />
            <AmendmentsOfItem patientId={signed.patientId} table="composition" id={signed.id} />
            <div className="note-paper note-read">
              <NoteBody body={signed.body} />
              <Seal note={signed} />
            </div>
            {signed.addenda.length > 0 ? (
              <section
                className="note-addenda"
                aria-label={t('signed.addenda', { count: signed.addenda.length })}
              >
                <h3>{t('signed.addenda', { count: signed.addenda.length })}</h3>
                {signed.addenda.map((id) => (
                  <Addendum key={id} patientId={signed.patientId} noteId={id} />
                ))}
              </section>
            ) : null}
          </>
        )}
      </QueryView>
    </article>
  )
}

/** From a correction to its original and back, from an addendum to its note; the reason where there is one. */
function Links({ note, onRead }: { note: SignedNote; onRead: (id: string) => void }) {
  const t = useTexts(notesTexts)
  const { relatesTo, replacedBy, reason } = note
  const link = (id: string, label: 'signed.openCorrection' | 'signed.openOriginal') => (
    <Button small onClick={() => onRead(id)}>
      {t(label)}
    </Button>
  )
  return (
    <>
      {replacedBy ? (
        <Notice tone="warn">
          <div className="note-links">
            <span>{t('signed.replaced')}</span>
            {link(replacedBy, 'signed.openCorrection')}
          </div>
        </Notice>
      ) : null}
      {relatesTo ? (
        <Notice tone="info">
          <div className="note-links">
            <span>
              {t(note.kind === 'addendum' ? 'signed.adds' : 'signed.corrects')}{' '}
              {reason ? <bdi>{t('signed.reason', { reason })}</bdi> : null}
            </span>
            {link(relatesTo, 'signed.openOriginal')}
          </div>
        </Notice>
      ) : null}
    </>
  )
}

/** Signer, time, clock and signature, each in words with a sign. */
function Seal({ note }: { note: SignedNote }) {
  const t = useTexts(notesTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  const isValid = note.signature === 'valid'
  const role = isRole(note.authorRole) ? common(`role.${note.authorRole}`) : note.authorRole
  return (
    <footer
      className={isValid ? 'note-seal' : 'note-seal note-seal-broken'}
      role={isValid ? undefined : 'alert'}
    >
      <p>
        {t('signed.by', { name: note.authorName, role })}{' '}
        <span className="os-dim">· {f.instant(note.signedAt)}</span>
      </p>
      <p className={isValid ? 'note-valid' : 'note-broken'}>
        {isValid ? <Endorsed aria-hidden="true" /> : <ErrorIcon aria-hidden="true" />}
        {isValid ? t('signed.valid') : t('signed.broken')}
      </p>
      {note.clockQuality === 'suspect' ? (
        <p className="note-clock">
          <Time aria-hidden="true" />
          {t('signed.clockSuspect')}
        </p>
      ) : null}
      {/* A PC alone has nothing to compare its clock with: a fact, and no reason for alarm. */}
      {note.clockQuality === 'unknown' ? <p className="os-dim">{t('signed.clockUnknown')}</p> : null}
    </footer>
  )
}

function Addendum({ patientId, noteId }: { patientId: SignedNote['patientId']; noteId: SignedNote['id'] }) {
  const note = useRead(notes, 'get', { patientId, id: noteId })
  return (
    <div className="note-paper note-read">
      <QueryView query={note} small>
        {(signed) => (
          <>
            <NoteBody body={signed.body} headingLevel={4} />
            <Seal note={signed} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface ActsProps {
  readonly patient: NotePatient
  readonly note: SignedNote
  readonly hasDraft: boolean
  readonly onDraft: (draft: Draft) => void
}

function Acts({ patient, note, hasDraft, onDraft }: ActsProps) {
  const t = useTexts(notesTexts)
  const me = useMe()
  const may = useMay()
  const words = useErrorText()
  const [isUnlocking, setUnlocking] = useState(false)
  const addendum = useAct(notes, 'startAddendum', {
    onDone: onDraft,
    onError: (error) => showToast({ tone: 'bad', text: words(error) }),
  })
  // A corrected text is history: what is to be said is said about the correction.
  if (note.replacedBy !== null || !may('notes.C')) return null
  const ids = { patientId: patient.patientId, id: note.id }
  const mayUnlock = may('notes.S') && note.authorId === me.userId && note.kind !== 'addendum'
  if (hasDraft) return <span className="os-dim">{t('signed.openDraft')}</span>
  return (
    <>
      <MarkItemButton patientId={ids.patientId} target={{ table: 'composition', id: note.id }} />
      {note.kind === 'addendum' ? null : (
        <Button icon={<Plus />} loading={addendum.isPending} onClick={() => addendum.start(ids)}>
          {t('signed.addAddendum')}
        </Button>
      )}
      {mayUnlock ? (
        <Button icon={<Unlock />} onClick={() => setUnlocking(true)}>
          {t('signed.unlock')}
        </Button>
      ) : null}
      {isUnlocking ? <UnlockDialog ids={ids} onDone={onDraft} onClose={() => setUnlocking(false)} /> : null}
    </>
  )
}
