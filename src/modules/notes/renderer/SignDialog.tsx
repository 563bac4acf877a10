// The last look before signing: which patient, which words. Enter signs.
import { useEffect, useRef } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import type { Draft } from '../shared/contract.ts'
import { plainTextOf } from '../shared/document.ts'
import { notesTexts } from './i18n.ts'
import type { NoteContent } from './journal.ts'
import { NoteBody } from './NoteBody.tsx'
import { type NotePatient, PatientLine } from './PatientLine.tsx'

export interface SignDialogProps {
  readonly patient: NotePatient
  readonly kind: Draft['kind']
  /** What stands on the screen at this moment; `null` while the dialog is closed. */
  readonly content: NoteContent | null
  readonly isBusy: boolean
  readonly failure: 'not-kept' | ApiError | null
  readonly onSign: () => void
  readonly onClose: () => void
}

const titles = {
  note: 'sign.title',
  addendum: 'sign.titleAddendum',
  correction: 'sign.titleCorrection',
} as const

export function SignDialog(props: SignDialogProps) {
  const { patient, kind, content, isBusy, failure, onSign, onClose } = props
  const t = useTexts(notesTexts)
  const words = useErrorText()
  const isEmpty = content !== null && plainTextOf(content.body) === ''
  const isKeyLocked = failure !== null && failure !== 'not-kept' && failure.code === 'SIGNING_KEY_LOCKED'
  const error = (): string | undefined => {
    if (isEmpty) return t('sign.empty')
    if (failure === 'not-kept') return t('sign.notKept')
    if (failure === null || isKeyLocked) return undefined
    return failure.code === 'DRAFT_MOVED_ON' ? t('sign.movedOn') : words(failure)
  }
  return (
    <Dialog
      title={t(titles[kind])}
      isOpen={content !== null}
      onClose={onClose}
      onSubmit={onSign}
      submitLabel={t('sign.act')}
      isBusy={isBusy}
      canSubmit={!isEmpty && !isKeyLocked}
      error={error()}
      width="wide"
    >
      <PatientLine patient={patient} label={t('sign.for')} />
      {isKeyLocked ? (
        <Notice tone="warn" title={t('sign.keyLocked')}>
          {t('sign.keyLockedText')}
        </Notice>
      ) : null}
      {content ? <Preview content={content} /> : null}
      <p className="os-dim">
        {t('sign.text')} {kind === 'correction' ? t('sign.correctionText') : null}
      </p>
    </Dialog>
  )
}

/** Holds the focus, so that arrow keys scroll the text and Enter signs. */
function Preview({ content }: { content: NoteContent }) {
  const t = useTexts(notesTexts)
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => box.current?.focus(), 40)
    return () => clearTimeout(timer)
  }, [])
  return (
    /* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a region that
       scrolls must be reachable by key (WCAG 2.1.1); Enter in it is the form's */
    <section
      ref={box}
      className="note-preview"
      aria-label={t('sign.what')}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.repeat) return
        event.preventDefault()
        event.currentTarget.closest('form')?.requestSubmit()
      }}
    >
      <div className="note-preview-title">
        <bdi>{content.title}</bdi>
      </div>
      <NoteBody body={content.body} />
    </section>
  )
}
