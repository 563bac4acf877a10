// The draft on the desk: reopened by itself, started, taken over from an addendum or a correction, dropped and undone.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Chart } from '#modules/chart/shared/contract.ts'
import { isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { localDateIn } from '#shared/time.ts'
import { showToast } from '#ui/toast.ts'
import { type Draft, notes } from '../shared/contract.ts'
import { notesTexts } from './i18n.ts'
import type { NotePatient } from './PatientLine.tsx'

export interface DeskInput {
  readonly patient: NotePatient
  readonly drafts: Chart['drafts']
  /** Newest first; a note begun while one of them is under way belongs to it. */
  readonly visits: Chart['encounters']
  /** A draft named by the address, to open instead of the newest own one. */
  readonly draftId: string | null
}

/** Which draft lies on the desk, and every way it gets there and away. */
export function useDesk({ patient, drafts, visits, draftId }: DeskInput) {
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
