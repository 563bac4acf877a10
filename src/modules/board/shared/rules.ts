// The board's decisions without a screen: what may be done with a card and what comes next, who waits too long, who is
// meant by a few typed letters, which card an arrow key leads to.
import { foldText } from '#modules/patients/shared/fold.ts'
import type { Access } from '#shared/permissions.ts'
import { minutesBetween } from '#shared/zoned-time.ts'
import { type Card, type Stage, stages } from './contract.ts'

export const columns = stages.filter((stage): stage is Exclude<Stage, 'left'> => stage !== 'left')
export type Column = (typeof columns)[number]

export const actions = ['check-in', 'room', 'vitals', 'note', 'done', 'pay', 'leave'] as const
export type Action = (typeof actions)[number]

export const keyOf: { readonly [A in Action]: string } = {
  'check-in': 'Enter',
  room: 'R',
  vitals: 'V',
  note: 'N',
  done: 'D',
  pay: 'P',
  leave: 'L',
}

type NeededAccess = Exclude<Access, 'public'>
type May = (access: NeededAccess) => boolean

const needed: { readonly [A in Action]: readonly NeededAccess[] } = {
  'check-in': ['checkIn.U'],
  room: ['checkIn.U'],
  vitals: ['vitals.C', 'checkIn.U'],
  note: ['notes.C', 'checkIn.U'],
  done: ['checkIn.U'],
  pay: ['payments.C'],
  leave: ['checkIn.U'],
}

/** What can be done at a stage; the first one this person may do is offered on the card. */
const offered: { readonly [S in Stage]: readonly Action[] } = {
  expected: ['check-in'],
  waiting: ['room', 'vitals', 'note', 'leave'],
  'with-nurse': ['vitals', 'note', 'room', 'done'],
  ready: ['note', 'vitals', 'room', 'done'],
  'with-doctor': ['note', 'done', 'vitals'],
  'check-out': ['leave', 'pay'],
  left: [],
}

/** Paying comes before leaving while something is owed; once the note is signed, the visit itself is what is left to end. */
export function actionsOf(card: Card, may: May): Action[] {
  const list = offered[card.stage].filter((action) => needed[action].every(may))
  const first = card.stage === 'check-out' && owes(card) ? 'pay' : signed(card) ? 'done' : null
  return first && list.includes(first) ? [first, ...list.filter((action) => action !== first)] : list
}

const owes = (card: Card) => card.due !== null && card.due > 0
const signed = (card: Card) => card.stage === 'with-doctor' && card.noteSignedAt !== null

/** Nobody but clinicians is told to do the nurse's or doctor's part, though the desk may move a card on by key. */
export function nextActionOf(card: Card, may: May): Action | null {
  const [first] = actionsOf(card, may)
  const isClinical = card.stage === 'with-nurse' || card.stage === 'ready' || card.stage === 'with-doctor'
  return !first || (isClinical && !may('notes.C')) ? null : first
}

/** Minutes a patient may sit in a stage before the board says so. With nurse or doctor they are not waiting. */
const limits: { readonly [S in Stage]?: number } = { waiting: 20, ready: 20, 'check-out': 15 }

export interface Wait {
  readonly minutes: number
  /** early: the visit is still to come · late: it should have begun · long: over the limit. */
  readonly kind: 'early' | 'late' | 'fine' | 'long'
}

export function waitOf(card: Pick<Card, 'stage' | 'since'>, now: string): Wait {
  const minutes = minutesBetween(card.since, now)
  if (card.stage === 'expected') {
    return minutes <= 0 ? { minutes: Math.max(0, -minutes), kind: 'early' } : { minutes, kind: 'late' }
  }
  const limit = limits[card.stage]
  return { minutes: Math.max(0, minutes), kind: limit !== undefined && minutes > limit ? 'long' : 'fine' }
}

/** From arriving to being called in, over everybody who arrived today; those still waiting count until now. */
export function meanWait(cards: readonly Pick<Card, 'arrivedAt' | 'roomedAt'>[], now: string): number | null {
  const waits = cards.flatMap(({ arrivedAt, roomedAt }) =>
    arrivedAt === null ? [] : [Math.max(0, minutesBetween(arrivedAt, roomedAt ?? now))],
  )
  if (waits.length === 0) return null
  return Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length)
}

/** Cards of a column, the one to attend to first on top. */
export function inColumn(cards: readonly Card[], column: Column): Card[] {
  return cards.filter((card) => card.stage === column).sort((a, b) => (a.since < b.since ? -1 : 1))
}

/** Every typed word begins a part of the name, the record number or the number a walk-in is called by. */
export function findToday(cards: readonly Card[], typed: string): Card[] {
  const words = foldText(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hits = cards.filter((card) => {
    const parts = [
      ...foldText(card.name).split(/[\s'’-]+/),
      foldText(card.recordNumber ?? ''),
      String(card.queueNumber ?? ''),
    ]
    return words.every((word) => parts.some((part) => part.startsWith(word)))
  })
  return hits.sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))
}

export type Arrow = 'up' | 'down' | 'before' | 'after'

/** Up and down within a column, to the sides into the next column that has cards, at about the same height. */
export function step(cards: readonly Card[], from: string | null, arrow: Arrow): string | null {
  const filled = columns.map((column) => inColumn(cards, column)).filter((column) => column.length > 0)
  const at = filled.findIndex((column) => column.some((card) => card.appointmentId === from))
  if (at < 0) return filled[0]?.[0]?.appointmentId ?? null
  const here = filled[at] ?? []
  const row = here.findIndex((card) => card.appointmentId === from)
  if (arrow === 'up' || arrow === 'down') {
    const next = Math.max(0, Math.min(here.length - 1, row + (arrow === 'down' ? 1 : -1)))
    return here[next]?.appointmentId ?? null
  }
  const side = filled[at + (arrow === 'after' ? 1 : -1)] ?? here
  return side[Math.min(row, side.length - 1)]?.appointmentId ?? null
}

/** The patient a doctor sees next: ready ones first, own before others', who has waited longest. */
export function nextReady(cards: readonly Card[]): Card | null {
  const ready = inColumn(cards, 'ready')
  return ready.find((card) => card.mine) ?? ready[0] ?? null
}

/** A phone number nobody has touched for this long is asked for again. */
const oldPhoneYears = 2

export function isPhoneOld(card: Pick<Card, 'phoneSince'>, now: string): boolean {
  if (card.phoneSince === null) return false
  return minutesBetween(card.phoneSince, now) > oldPhoneYears * 365.25 * 24 * 60
}
