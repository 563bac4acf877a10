// The home screen of desk, nurse and doctor: where everybody is, how long they wait, what comes next (look/board.png).
// Live: every step at any desk changes a table this screen reads, and it asks again.
import { Plus } from '@blueprintjs/icons'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { CheckoutDialog } from '#modules/billing/renderer/api.ts'
import { usePatientPath } from '#modules/patients/renderer/api.ts'
import type { PatientLine } from '#modules/patients/shared/contract.ts'
import { VitalsSheet } from '#modules/vitals/renderer/api.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { Tag } from '#ui/Marks.tsx'
import { showToast } from '#ui/toast.ts'
import { board, type Card, type Day } from '../shared/contract.ts'
import {
  type Action,
  actionsOf,
  inColumn,
  keyOf,
  meanWait,
  nextActionOf,
  nextReady,
  step,
} from '../shared/rules.ts'
import { CheckInStrip } from './CheckInStrip.tsx'
import { Columns } from './Columns.tsx'
import { FindBox } from './FindBox.tsx'
import { useBoardKeys } from './use-board-keys.ts'
import { roomFor, useCardActs } from './use-card-acts.ts'
import { useNow } from './use-now.ts'
import { WalkInDialog } from './WalkInDialog.tsx'
import { useBoardWords } from './words.ts'
import './board.css'

export function Board() {
  const day = useRead(board, 'today', {}, { staleMs: 0 })
  return <QueryView query={day}>{(data) => <BoardOf day={data} />}</QueryView>
}

type Opened =
  | { readonly kind: 'vitals'; readonly card: Card }
  | { readonly kind: 'walk-in'; readonly typed: string; readonly patient: PatientLine | null }

function BoardOf({ day }: { day: Day }) {
  const { t } = useBoardWords()
  const may = useMay()
  const now = useNow()
  const navigate = useNavigate()
  const pathOf = usePatientPath()
  const acts = useCardActs(day)
  const [onlyMine, setOnlyMine] = useState(false)
  const [text, setText] = useState('')
  const [strip, setStrip] = useState<string | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  // Stays after it closed: it still says how much change to give.
  const [paying, setPaying] = useState<{ readonly card: Card; readonly isOpen: boolean } | null>(null)
  const box = useRef<HTMLInputElement>(null)
  const cards = onlyMine ? day.cards.filter((card) => card.mine) : day.cards
  const { chosen, moved, choose, moveTo } = useChosen(day, cards, may)
  const stripCard = cards.find((card) => card.appointmentId === strip && card.stage === 'expected')

  const act = (action: Action, card: Card) => {
    if (action === 'vitals') setOpened({ kind: 'vitals', card })
    else if (action === 'pay') setPaying({ card, isOpen: true })
    else void acts.act(action, card)
  }
  const openChart = (card: Card) => void navigate(pathOf(card.patientId))
  const find = (letters: string) => {
    setText(letters)
    box.current?.focus()
  }
  const checkInFromStrip = (card: Card) => {
    setStrip(null)
    choose(null)
    void acts.act('check-in', card)
  }
  const mayAddWalkIn = may('demographics.C') && may('appointments.C')
  useBoardKeys({
    actions: chosen ? actionsOf(chosen, may) : [],
    hasChosen: chosen !== undefined,
    mayOpenNext: may('notes.C'),
    mayAddWalkIn,
    onAct: (action) => chosen && act(action, chosen),
    onNext: () => {
      const next = nextReady(cards)
      if (next) void acts.openNote(next)
      else showToast({ tone: 'info', text: t('next.none') })
    },
    onWalkIn: () => setOpened({ kind: 'walk-in', typed: '', patient: null }),
    onFind: find,
    onArrow: (arrow) => moveTo(step(cards, chosen?.appointmentId ?? null, arrow)),
    onBack: () => chosen && void acts.back(chosen),
    onChart: () => chosen && openChart(chosen),
    onNone: () => {
      choose(null)
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    },
  })
  return (
    <>
      <BoardHead
        day={day}
        cards={cards}
        now={now}
        chosen={chosen}
        onlyMine={onlyMine}
        onMine={() => setOnlyMine(!onlyMine)}
        onWalkIn={mayAddWalkIn ? () => setOpened({ kind: 'walk-in', typed: '', patient: null }) : null}
        onAct={act}
      />
      <FindBox
        cards={cards}
        text={text}
        onText={setText}
        inputRef={box}
        onCard={(card) => {
          if (nextActionOf(card, may) === 'check-in') setStrip(card.appointmentId)
          else moveTo(card.appointmentId)
        }}
        onPatient={(patient) => setOpened({ kind: 'walk-in', typed: '', patient })}
        onNew={(typed) => setOpened({ kind: 'walk-in', typed, patient: null })}
      />
      {stripCard ? (
        <CheckInStrip
          card={stripCard}
          now={now}
          onCheckIn={() => checkInFromStrip(stripCard)}
          onClose={() => setStrip(null)}
        />
      ) : null}
      {cards.some((card) => card.stage !== 'left') ? (
        <Columns
          cards={cards}
          now={now}
          chosen={chosen?.appointmentId ?? null}
          moved={moved}
          may={may}
          onChoose={choose}
          onOpen={openChart}
          onAct={act}
        />
      ) : (
        <NobodyToday
          isMine={onlyMine && day.cards.length > 0}
          onAll={() => setOnlyMine(false)}
          onWalkIn={mayAddWalkIn ? () => setOpened({ kind: 'walk-in', typed: '', patient: null }) : null}
        />
      )}
      {opened?.kind === 'walk-in' ? (
        <WalkInDialog
          typed={opened.typed}
          patient={opened.patient}
          onClose={() => setOpened(null)}
          onAdded={choose}
        />
      ) : null}
      {paying ? (
        <CheckoutDialog
          patientId={paying.card.patientId}
          isOpen={paying.isOpen}
          onClose={() => setPaying({ ...paying, isOpen: false })}
        />
      ) : null}
      {opened?.kind === 'vitals' ? (
        <VitalsSheet
          patientId={opened.card.patientId}
          encounterId={opened.card.encounterId}
          onClose={() => setOpened(null)}
          visit={{
            reason: opened.card.reason,
            rooms: day.rooms.map((room) => ({
              value: room.id,
              label: room.name,
              disabled: room.taken && room.id !== opened.card.roomId,
            })),
            roomId:
              opened.card.stage === 'waiting' ? (roomFor(opened.card, day)?.id ?? null) : opened.card.roomId,
            save: (intake, roomId) => acts.saveIntake(opened.card, intake, roomId),
          }}
        />
      ) : null}
    </>
  )
}

/**
 * The chosen card, by id so that it stays chosen while it moves. Clinicians begin on the card that waits for them; the
 * desk begins with none, so that typing is finding.
 */
function useChosen(day: Day, cards: readonly Card[], may: ReturnType<typeof useMay>) {
  const [id, setId] = useState<string | null>(() => firstFor(day.cards, may))
  const [moved, setMoved] = useState(() => (id === null ? 0 : 1))
  const chosen = cards.find((card) => card.appointmentId === id)
  const stage = chosen?.stage
  // A card that changes its column is drawn anew there: the focus goes along.
  const before = useRef(stage)
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (before.current !== stage && isLost) setMoved((n) => n + 1)
    before.current = stage
  }, [stage])
  return {
    chosen,
    moved,
    choose: setId,
    moveTo: (next: string | null) => {
      setId(next)
      setMoved((n) => n + 1)
    },
  }
}

function firstFor(cards: readonly Card[], may: ReturnType<typeof useMay>): string | null {
  if (!may('vitals.C')) return null
  if (may('prescriptions.S')) return nextReady(cards)?.appointmentId ?? null
  return (inColumn(cards, 'with-nurse')[0] ?? inColumn(cards, 'waiting')[0])?.appointmentId ?? null
}

interface BoardHeadProps {
  readonly day: Day
  readonly cards: readonly Card[]
  readonly now: string
  readonly chosen: Card | undefined
  readonly onlyMine: boolean
  readonly onMine: () => void
  readonly onWalkIn: (() => void) | null
  readonly onAct: (action: Action, card: Card) => void
}

function BoardHead({ day, cards, now, chosen, onlyMine, onMine, onWalkIn, onAct }: BoardHeadProps) {
  const { t, f, duration } = useBoardWords()
  const may = useMay()
  const mean = meanWait(cards, now)
  const next = chosen ? nextActionOf(chosen, may) : null
  const left = cards.filter((card) => card.stage === 'left').length
  return (
    <PageHeader
      title={f.date(day.date, 'long')}
      meta={
        <>
          <Tag>{t('head.visits', { count: cards.length })}</Tag>
          {mean === null ? null : <span>{t('head.meanWait', { time: duration(mean) })}</span>}
          {left > 0 ? <span>{t('head.left', { count: left })}</span> : null}
        </>
      }
      actions={
        <>
          {day.cards.some((card) => card.mine) ? (
            <Button onClick={onMine} pressed={onlyMine}>
              {t(onlyMine ? 'head.mine' : 'head.all')}
            </Button>
          ) : null}
          {onWalkIn ? (
            <Button kbd="W" icon={<Plus size={14} />} onClick={onWalkIn}>
              {t('head.walkIn')}
            </Button>
          ) : null}
          {chosen && next ? (
            <Button
              intent="primary"
              kbd={keyOf[next]}
              onClick={() => onAct(next, chosen)}
              className="bd-main"
            >
              {t(`action.${next}`)}
            </Button>
          ) : null}
        </>
      }
    />
  )
}

function NobodyToday({
  isMine,
  onAll,
  onWalkIn,
}: {
  isMine: boolean
  onAll: () => void
  onWalkIn: (() => void) | null
}) {
  const { t } = useBoardWords()
  if (isMine) {
    return (
      <EmptyState
        title={t('empty.mine')}
        text={t('empty.mineText')}
        action={<Button onClick={onAll}>{t('head.all')}</Button>}
      />
    )
  }
  return (
    <EmptyState
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        onWalkIn ? (
          <Button intent="primary" kbd="W" onClick={onWalkIn}>
            {t('head.walkIn')}
          </Button>
        ) : null
      }
    />
  )
}
