// The middle of the chart as far as notes go: reopens the own draft, starts one, shows a signed note in its place.
// The chart says which patient, which drafts there are and whether something else is being looked at.
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState, Skeleton } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { localDateIn } from '#shared/time.ts'
import type { Chart } from '#modules/chart/shared/contract.ts'
import { type Draft, notes } from '../shared/contract.ts'
import { DraftPane } from './DraftPane.tsx'
import { notesTexts } from './i18n.ts'
import type { NotePatient } from './PatientLine.tsx'
import { SignedNoteView } from './SignedNoteView.tsx'
import './notes.css'

export interface NoteDeskProps {
  readonly patient: NotePatient
  readonly drafts: Chart['drafts']
  /** Newest first; a note begun while one of them is under way belongs to it. */
  readonly visits: Chart['encounters']
  /** A draft named by the address, to open instead of the newest own one. */
  readonly draftId: string | null
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

/** Which draft lies on the desk, and every way it gets there and away. */
function useDesk({ patient, drafts, visits, draftId }: NoteDeskProps) {
  const f = useFormats()
  const t = useTexts(notesTexts)
  const words = useErrorText()
  const may = useMay()
  const { patientId } = patient
  const wanted = draftId ?? newestOwn(drafts)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [isNew, setNew] = useState(false)
  const [open, setOpen] = useState<'idle' | 'opening'>(wanted && may('notes.C') ? 'opening' : 'idle')
  /** Signed or dropped here: not to be offered again while the chart's list still names them. */
  const [gone, setGone] = useState<readonly string[]>([])
  const starting = useAct(notes, 'start')
  const isHere = useRef(true)
  const asked = useRef<string | null>(null)

  const tell = useCallback(
    (error: unknown) => {
      if (!isApiError(error)) throw error
      showToast({ tone: 'bad', text: words(error) })
    },
    // oxlint-disable-next-line react/exhaustive-deps
    [],
  )
  const openById = useCallback(
    async (id: string, byHand: boolean) => {
      try {
        const opened = await callProcedure(notes, 'openDraft', { patientId, draftId: id })
        if (!isHere.current) return
        setNew(byHand)
        setDraft(opened)
      } catch (error) {
        if (byHand || !isApiError(error) || error.code !== 'NOT_FOUND') tell(error)
      } finally {
        if (isHere.current) setOpen('idle')
      }
    },
    [patientId, tell],
  )
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  // Once at opening, and again when the address names another draft. Not each time the chart is read anew.
  useEffect(() => {
    const id = draftId ?? (asked.current === null ? wanted : null)
    if (!id || asked.current === id || !may('notes.C')) return
    asked.current = id
    void openById(id, draftId !== null)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [draftId, openById])

  const take = (next: Draft) => {
    setNew(true)
    setDraft(next)
  }
  const close = () => {
    if (draft) setGone([...gone, draft.id])
    setDraft(null)
  }
  const dropped = (last: Draft) => {
    close()
    showToast({
      text: t('drop.done'),
      undo: async () => {
        try {
          const back = await callProcedure(notes, 'restoreDraft', { patientId, draft: last })
          setGone((ids) => ids.filter((id) => id !== back.id))
          if (isHere.current) take(back)
          showToast({ text: t('drop.back') })
        } catch (error) {
          tell(error)
        }
      },
    })
  }
  return {
    draft,
    isNew,
    open,
    others: drafts.filter((d) => d.id !== draft?.id && d.id !== asked.current && !gone.includes(d.id)),
    isStarting: starting.isPending,
    start: () => {
      const encounterId = visitUnderWay(visits, f.today, f.timeZone)
      if (!starting.isPending)
        starting.act({ patientId, encounterId, title: t('kind.note') }).then(take, tell)
    },
    openById: (id: string) => void openById(id, true),
    take,
    close,
    dropped,
  }
}

const underWay: ReadonlySet<string> = new Set(['arrived', 'triaged', 'in-progress'])

/** Today's visit that has begun and not ended. */
function visitUnderWay(visits: Chart['encounters'], today: string, timeZone: string): string | null {
  const isToday = (start: string) => start.length > 10 && localDateIn(timeZone, Date.parse(start)) === today
  return (
    visits.find(({ status, start }) => underWay.has(status) && start !== null && isToday(start))?.id ?? null
  )
}

function newestOwn(drafts: Chart['drafts']): string | null {
  let newest: Chart['drafts'][number] | null = null
  for (const d of drafts) if (d.mine && (!newest || d.updatedAt > newest.updatedAt)) newest = d
  return newest?.id ?? null
}
