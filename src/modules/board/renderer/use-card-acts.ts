// What happens when a card is moved on: the act at the clinic, the words for it, and its way back.
import { useNavigate } from 'react-router'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { queryClient, readKey, useAct } from '#renderer/api/hooks.ts'
import { showToast } from '#ui/toast.ts'
import type { Intake } from '#modules/vitals/shared/contract.ts'
import { board, type Card, type Day } from '../shared/contract.ts'
import type { Action } from '../shared/rules.ts'
import { useBoardWords } from './words.ts'

type Step = 'arrive' | 'room' | 'start' | 'done' | 'leave' | 'back'

export function useCardActs(day: Day | undefined) {
  const { t } = useBoardWords()
  const words = useErrorText()
  const navigate = useNavigate()
  const flow = useAct(scheduling, 'setFlow')
  const opening = useAct(board, 'openNote')
  const taking = useAct(board, 'intake')
  const undoing = useAct(board, 'undoIntake')

  const tell = (error: unknown) => {
    if (!isApiError(error)) throw error
    showToast({ tone: 'bad', text: words(error) })
    // Somebody else moved the card: show where it stands.
    void queryClient.invalidateQueries({ queryKey: readKey(board, 'today', {}) })
  }
  const which = ({ patientId, appointmentId }: Card) => ({ patientId, appointmentId })
  const move = async (card: Card, step: Step, text: string, roomId: Card['roomId'] = null) => {
    try {
      const moved = await flow.act({ ...which(card), step, seen: card.status, roomId })
      const undo = async () => {
        try {
          await flow.act({ ...which(card), step: 'back', seen: moved.status })
          showToast({ text: t('done.undone') })
        } catch (error) {
          tell(error)
        }
      }
      showToast(step === 'back' ? { text } : { text, undo })
    } catch (error) {
      tell(error)
    }
  }
  const openNote = async (card: Card) => {
    try {
      const { draftId } = await opening.act({ ...which(card), seen: card.status })
      await navigate(`/patients/${card.patientId}?draft=${draftId}`)
    } catch (error) {
      tell(error)
    }
  }
  const callToRoom = (card: Card) => {
    const room = roomFor(card, day)
    const { name } = card
    return move(
      card,
      'room',
      room ? t('done.room', { name, room: room.name }) : t('done.roomPlain', { name }),
      room?.id ?? null,
    )
  }
  return {
    isBusy: flow.isPending || opening.isPending,
    openNote,
    back: (card: Card) => move(card, 'back', t('done.back', { name: card.name })),
    act: (action: Exclude<Action, 'vitals' | 'pay'>, card: Card): Promise<void> => {
      const { name } = card
      switch (action) {
        case 'check-in':
          return move(card, 'arrive', t('done.check-in', { name }))
        case 'room':
          return callToRoom(card)
        case 'note':
          return openNote(card)
        case 'done':
          return move(card, 'done', t('done.done', { name }))
        case 'leave':
          return move(card, 'leave', t('done.leave', { name }))
      }
    },
    /** Errors go back to the sheet, which keeps what was typed. */
    saveIntake: async (card: Card, taken: Intake, roomId: string | null) => {
      const { encounterId: _, ...intake } = taken
      const saved = await taking.act({
        ...which(card),
        seen: card.status,
        roomId: roomId as Card['roomId'],
        ...intake,
      })
      showToast({
        text: t('done.vitals', { name: card.name }),
        undo: async () => {
          try {
            await undoing.act({ ...which(card), undo: saved.undo, roomed: saved.roomed })
            showToast({ text: t('done.undone') })
          } catch (error) {
            tell(error)
          }
        },
      })
    },
  }
}

/** The room the visit was booked into if it is free, else the first free one. */
export function roomFor(card: Pick<Card, 'roomId'>, day: Day | undefined): Day['rooms'][number] | null {
  const free = (day?.rooms ?? []).filter((room) => !room.taken)
  return free.find((room) => room.id === card.roomId) ?? free[0] ?? null
}
