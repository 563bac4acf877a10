// Two windows wrote on one draft: both texts side by side, and the person chooses which goes on.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { notesTexts } from './i18n.ts'
import type { JournalState, NoteContent } from './journal.ts'
import { NoteBody } from './NoteBody.tsx'

export interface MovedOnDialogProps {
  readonly state: JournalState
  readonly onChoose: (which: 'mine' | 'theirs') => void
}

export function MovedOnDialog({ state, onChoose }: MovedOnDialogProps) {
  const t = useTexts(notesTexts)
  const f = useFormats()
  if (state.kind !== 'moved-on') return null
  return (
    <Dialog
      title={t('moved.title')}
      isOpen
      // Leaving without a choice would leave two texts: the question stays until it is answered.
      onClose={() => undefined}
      width="wide"
      actions={
        <>
          <Button onClick={() => onChoose('theirs')}>{t('moved.keepTheirs')}</Button>
          {/* No button has the focus: the dialog comes up amid typing, and a stray key must not choose. */}
          <Button intent="primary" onClick={() => onChoose('mine')}>
            {t('moved.keepMine')}
          </Button>
        </>
      }
    >
      <p>{t('moved.text')}</p>
      <div className="note-both">
        <Side title={t('moved.mine')} content={state.mine} />
        <Side title={t('moved.theirs', { ago: f.ago(state.theirs.updatedAt) })} content={state.theirs} />
      </div>
    </Dialog>
  )
}

function Side({ title, content }: { title: string; content: NoteContent }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key (WCAG 2.1.1)
    <section className="note-preview" aria-label={title} tabIndex={0} data-autofocus="">
      <h3 className="note-side-head">{title}</h3>
      <div className="note-preview-title">
        <bdi>{content.title}</bdi>
      </div>
      <NoteBody body={content.body} headingLevel={4} />
    </section>
  )
}
