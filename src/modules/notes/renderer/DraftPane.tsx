// One draft on screen: title, state in words, the surface, sign and drop. What it does with a draft beyond that
// (starting, reopening, bringing back) is NoteDesk's.
import { Trash } from '@blueprintjs/icons'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useAppearance } from '#renderer/i18n/i18n.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { type Draft, notes } from '../shared/contract.ts'
import { notesTexts } from './i18n.ts'
import { JournalLine, NotSaved } from './JournalLine.tsx'
import type { NoteContent } from './journal.ts'
import { MovedOnDialog } from './MovedOnDialog.tsx'
import { NoteBody } from './NoteBody.tsx'
import { NoteEditor, type NoteEditorHandle } from './NoteEditor.tsx'
import { bodyForEditor } from './note-schema.ts'
import { isUnnamed } from './note-title.ts'
import { caretOf, forgetJournal, rememberCaret } from './open-journals.ts'
import type { NotePatient } from './PatientLine.tsx'
import { SignDialog } from './SignDialog.tsx'
import { useJournal } from './use-journal.ts'

export interface DraftPaneProps {
  readonly draft: Draft
  readonly patient: NotePatient
  /** Just begun by the person: the caret goes into it. */
  readonly isNew: boolean
  /** Filled while this stands: puts the caret into the text. */
  readonly focus: RefObject<(() => void) | null>
  /** Where the Sign button stands: the patient's banner. */
  readonly signHost: HTMLElement | null
  readonly isShown: boolean
  readonly headEnd?: ReactNode
  readonly onSigned: (noteId: string) => void
  readonly onDropped: (draft: Draft) => void
  /** Vitals of today, between the head and the paper. */
  readonly children?: ReactNode
}

export function DraftPane(props: DraftPaneProps) {
  const { draft, patient, focus } = props
  const t = useTexts(notesTexts)
  const may = useMay()
  const words = useErrorText()
  const { language } = useAppearance()
  const editor = useRef<NoteEditorHandle | null>(null)
  // A note is never without a name: one that was not given stands as its kind.
  const fallbackTitle = t(`kind.${draft.kind}`)
  const title = useRef(draft.title)
  const read = (): NoteContent | null =>
    editor.current ? { title: title.current.trim() || fallbackTitle, body: editor.current.read() } : null
  const { journal, state, start } = useJournal(draft, read)
  const [shownTitle, setShownTitle] = useState(isUnnamed(start.title, draft.kind) ? '' : start.title)
  // Another language means another editor; it starts from what stands on the screen.
  // oxlint-disable-next-line react/exhaustive-deps
  const body = useMemo(() => bodyForEditor(read()?.body ?? start.body), [language])
  useEffect(() => {
    title.current = start.title
    focus.current = () => editor.current?.focus()
    return () => {
      focus.current = null
    }
  }, [focus, start.title])
  const [signing, setSigning] = useState<NoteContent | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<'not-kept' | ApiError | null>(null)
  const sign = useAct(notes, 'sign')
  const drop = useAct(notes, 'dropDraft')
  const ids = { patientId: patient.patientId, draftId: draft.id }
  const maySign = may('notes.S')

  const askToSign = () => {
    if (!maySign || signing) return
    void journal.flush()
    setFailure(null)
    setSigning(read())
  }
  const signNow = async () => {
    setBusy(true)
    setFailure(null)
    try {
      if (!(await journal.flush())) return setFailure('not-kept')
      const note = await sign.act({ ...ids, step: journal.step })
      forgetJournal(draft.id)
      setSigning(null)
      showToast({ text: t('sign.done') })
      props.onSigned(note.id)
    } catch (error) {
      if (!isApiError(error)) throw error
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const dropNow = async () => {
    await journal.flush()
    try {
      const dropped = await drop.act(ids)
      forgetJournal(draft.id)
      props.onDropped(dropped)
    } catch (error) {
      if (!isApiError(error)) throw error
      showToast({ tone: 'bad', text: words(error) })
    }
  }
  const choose = (which: 'mine' | 'theirs') => {
    if (state.kind === 'moved-on' && which === 'theirs') {
      const theirs = bodyForEditor(state.theirs.body)
      if (!theirs) return
      editor.current?.replace(theirs)
      title.current = state.theirs.title
      setShownTitle(isUnnamed(state.theirs.title, draft.kind) ? '' : state.theirs.title)
    }
    journal.choose(which)
    setSigning(null)
  }
  const changeTitle = (next: string) => {
    title.current = next
    setShownTitle(next)
    journal.touched()
  }
  useShortcuts([
    {
      keys: 'Mod+Enter',
      labelKey: notesTexts.key('key.sign'),
      run: askToSign,
      disabled: !maySign || !props.isShown,
    },
  ])

  const signButton = (
    <Button intent="primary" kbd="Mod+Enter" onClick={askToSign} testId="sign">
      {t('pane.sign')}
    </Button>
  )
  return (
    <section className="note-pane" aria-label={t('pane.label')}>
      <header className="note-head">
        <h2>{t(`kind.${draft.kind}`)}</h2>
        <input
          className="note-title"
          aria-label={t('pane.title')}
          dir="auto"
          value={shownTitle}
          placeholder={t('pane.titleHint')}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => changeTitle(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) editor.current?.focus()
          }}
        />
        <JournalLine state={state} openedFrom={draft.step > 0 ? draft.updatedAt : null} />
        <span className="note-head-end">
          {props.headEnd}
          {maySign ? null : <span className="os-dim">{t('pane.nurse')}</span>}
          <IconButton icon={<Trash />} label={t('pane.drop')} onClick={() => void dropNow()} />
          {maySign && props.isShown && !props.signHost ? signButton : null}
        </span>
      </header>
      <NotSaved journal={journal} state={state} />
      {draft.reason ? (
        <p className="note-reason" dir="auto">
          {t('pane.reason', { reason: draft.reason })}
        </p>
      ) : null}
      {draft.kind === 'note' ? props.children : null}
      {body ? (
        <NoteEditor
          key={language}
          body={body}
          caret={caretOf(draft.id)}
          handle={editor}
          focusAtOnce={props.isNew}
          onTouched={() => journal.touched()}
          onCaret={(at) => rememberCaret(draft.id, at)}
          onBlur={() => void journal.flush()}
          onSign={askToSign}
        />
      ) : (
        <>
          <Notice tone="warn" title={t('pane.unreadable')}>
            {t('pane.unreadableText')}
          </Notice>
          <div className="note-paper note-read">
            <NoteBody body={start.body} />
          </div>
        </>
      )}
      {maySign && props.signHost ? createPortal(signButton, props.signHost) : null}
      <SignDialog
        patient={patient}
        kind={draft.kind}
        content={state.kind === 'moved-on' ? null : signing}
        isBusy={isBusy}
        failure={failure}
        onSign={() => void signNow()}
        onClose={() => setSigning(null)}
      />
      <MovedOnDialog state={state} onChoose={choose} />
    </section>
  )
}
