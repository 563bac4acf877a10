// The middle of the chart as far as notes go: reopens the own draft, starts one, shows a signed note in its place.
// The chart says which patient, which drafts there are and whether something else is being looked at.
import { type ReactNode, useEffect, useRef } from 'react'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState, Skeleton } from '#ui/States.tsx'
import type { Chart } from '#modules/chart/shared/contract.ts'
import { DraftPane } from './DraftPane.tsx'
import { notesTexts } from './i18n.ts'
import { SignedNoteView } from './SignedNoteView.tsx'
import { type DeskInput, useDesk } from './use-desk.ts'
import './notes.css'

export interface NoteDeskProps extends DeskInput {
  /** The signed note being read; the draft waits behind it. */
  readonly signedId: string | null
  /** False while something that is no note stands in the middle. */
  readonly isShown: boolean
  readonly signHost: HTMLElement | null
  /** A fact at the end of the draft's head: when the patient was last seen. */
  readonly lastVisit?: ReactNode
  /** Shows a signed note, or with `null` goes back to the one being written. */
  readonly onRead: (noteId: string | null) => void
  /** Between the head of the draft and its text. */
  readonly children?: ReactNode
}

export function NoteDesk(props: NoteDeskProps) {
  const { patient, signedId, isShown, onRead } = props
  const t = useTexts(notesTexts)
  const may = useMay()
  const desk = useDesk(props)
  const { draft, open, others } = desk
  const mayWrite = may('notes.C')
  const focus = useRef<(() => void) | null>(null)
  const writing = isShown && signedId === null
  const write = () => {
    onRead(null)
    if (draft) focus.current?.()
    else desk.start()
  }
  useShortcuts([{ keys: 'N', labelKey: notesTexts.key('key.new'), run: write, disabled: !mayWrite }])
  // Back from something else: the caret goes where it was, so that one goes on writing.
  const wasWriting = useRef(writing)
  useEffect(() => {
    if (writing && !wasWriting.current) focus.current?.()
    wasWriting.current = writing
  }, [writing])
  return (
    <>
      {isShown && signedId ? (
        <SignedNoteView
          key={signedId}
          patient={patient}
          noteId={signedId}
          hasDraft={draft !== null}
          onRead={onRead}
          onDraft={(next) => {
            desk.take(next)
            onRead(null)
          }}
        />
      ) : null}
      <div className="note-desk" hidden={!writing}>
        {draft ? (
          <DraftPane
            key={draft.id}
            draft={draft}
            patient={patient}
            isNew={desk.isNew}
            focus={focus}
            signHost={writing ? props.signHost : null}
            isShown={writing}
            headEnd={props.lastVisit}
            onSigned={(id) => {
              desk.close()
              onRead(id)
            }}
            onDropped={desk.dropped}
          >
            {props.children}
          </DraftPane>
        ) : (
          <>
            {props.children}
            {open === 'opening' ? (
              <Skeleton lines={6} />
            ) : (
              <EmptyState
                title={t('pane.none')}
                text={mayWrite ? t('pane.noneText') : t('pane.noneReadOnly')}
                action={
                  mayWrite ? (
                    <Button intent="primary" kbd="N" loading={desk.isStarting} onClick={desk.start}>
                      {t('pane.start')}
                    </Button>
                  ) : null
                }
              />
            )}
          </>
        )}
        <OtherDrafts drafts={others} onOpen={desk.openById} />
      </div>
    </>
  )
}

function OtherDrafts({ drafts, onOpen }: { drafts: Chart['drafts']; onOpen: (id: string) => void }) {
  const t = useTexts(notesTexts)
  const f = useFormats()
  const mine = drafts.filter((d) => d.mine)
  const theirs = drafts.filter((d) => !d.mine)
  return (
    <>
      {mine.length > 0 ? (
        <section className="note-others" aria-label={t('pane.otherDrafts')}>
          <h2>{t('pane.otherDrafts')}</h2>
          {mine.map((d) => (
            <button key={d.id} type="button" className="note-other" onClick={() => onOpen(d.id)}>
              <span dir="auto">{d.title}</span>
              <span className="os-dim">
                {t(`kind.${d.kind}`)}, {f.ago(d.updatedAt)}
              </span>
            </button>
          ))}
        </section>
      ) : null}
      {theirs.map((d) => (
        <p key={d.id} className="note-theirs os-dim">
          {t('pane.notYours', { name: d.authorName, ago: f.ago(d.updatedAt) })}
        </p>
      ))}
    </>
  )
}
