// A card in words: how long, where, what to mind.
import { commonTexts } from '#renderer/i18n/common.ts'
import { type TextKey, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { intlLocale } from '#renderer/i18n/intl.ts'
import { arrowOf } from '#modules/vitals/renderer/api.ts'
import { ageOn } from '#shared/time.ts'
import { minutesBetween } from '#shared/zoned-time.ts'
import type { Tone } from '#ui/Marks.tsx'
import type { Card } from '../shared/contract.ts'
import { isPhoneOld, type Wait } from '../shared/rules.ts'
import { boardTexts } from './i18n.ts'
import type { en } from './texts-en.ts'

export interface Chip {
  readonly key: string
  readonly tone: Tone
  readonly text: string
  /** Before the words, not read aloud. */
  readonly sign?: string
}

const knownSigns: readonly string[] = [
  'blood-pressure',
  'heart-rate',
  'temperature',
  'respiratory-rate',
  'oxygen-saturation',
  'pain',
]

export function useBoardWords() {
  const t = useTexts(boardTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  const duration = (minutes: number): string => {
    const said = (value: number, unit: 'minute' | 'hour', unitDisplay: 'short' | 'narrow') =>
      new Intl.NumberFormat(intlLocale(f.locale), { style: 'unit', unit, unitDisplay }).format(value)
    if (minutes < 90) return said(minutes, 'minute', 'short')
    const rest = minutes % 60
    const hours = said(Math.floor(minutes / 60), 'hour', 'narrow')
    return rest === 0 ? hours : `${hours} ${said(rest, 'minute', 'narrow')}`
  }
  const time = (instant: string) => f.instant(instant, 'time')
  const signName = (sign: string) =>
    t((knownSigns.includes(sign) ? `sign.${sign}` : 'sign.other') as TextKey<typeof en>)
  return {
    t,
    f,
    duration,
    time,
    facts: (card: Pick<Card, 'birthDate' | 'gender'>): string =>
      [
        card.birthDate ? shortAge(card.birthDate, f) : null,
        card.gender && card.gender !== 'unknown' ? common(`gender.short.${card.gender}`) : null,
      ]
        .filter(Boolean)
        .join(' '),
    wait: ({ minutes, kind }: Wait): string => {
      const said = duration(minutes)
      if (kind === 'late') return t('wait.late', { time: said })
      return kind === 'long' ? t('wait.long', { time: said }) : said
    },
    place: (card: Card): string => {
      const { provider, room, stage, visitType, startAt, noteSignedAt } = card
      const inRoom = stage === 'with-nurse' || stage === 'ready' || stage === 'with-doctor'
      if (inRoom && room) return t('card.room', { room, provider })
      if (stage === 'check-out' && noteSignedAt)
        return t('card.signed', { provider, time: time(noteSignedAt) })
      return visitType
        ? t('card.visit', { time: time(startAt), type: visitType, provider })
        : t('card.visitPlain', { time: time(startAt), provider })
    },
    chips: (card: Card, now: string): Chip[] => chipsOf(card, now, { t, f, signName }),
  }
}

/** Years as a bare number: the card is narrow and everybody reads it so. Months and weeks say what they are. */
function shortAge(birthDate: string, f: ReturnType<typeof useFormats>): string | null {
  const age = ageOn(birthDate, f.today)
  return age?.unit === 'year' ? f.number(age.value) : f.age(birthDate, f.today, 'short')
}

interface Words {
  readonly t: ReturnType<typeof useTexts<typeof en>>
  readonly f: ReturnType<typeof useFormats>
  readonly signName: (sign: string) => string
}

/** What would hurt first, then what is still to be done, then what is good to know. */
function chipsOf(card: Card, now: string, { t, f, signName }: Words): Chip[] {
  const chips: Chip[] = []
  const add = (key: string, tone: Tone, text: string, sign?: string) =>
    chips.push({ key, tone, text, ...(sign ? { sign } : {}) })
  if (card.allergyState === 'recorded') {
    const list = f.list(card.allergies)
    add('allergy', 'bad', list ? t('chip.allergyTo', { list }) : t('chip.allergies'))
  }
  for (const { sign, value, interpretation } of card.marks) {
    const words = { sign: signName(sign), value, word: t(`mark.${interpretation}`) }
    add(sign, 'bad', t('chip.mark', words), arrowOf[interpretation])
  }
  if (card.due !== null && card.due > 0) add('due', 'info', t('chip.due', { amount: f.money(card.due) }))
  if (card.stage === 'with-nurse' && card.vitalsTaken === false) add('open', 'neutral', t('chip.vitalsOpen'))
  if (card.vitalsTaken && card.marks.length === 0 && card.stage === 'ready') {
    add('normal', 'ok', t('chip.vitalsNormal'))
  }
  if (card.stage === 'with-doctor' && card.noteSignedAt) add('signed', 'ok', t('chip.signed'))
  if (card.walkIn) {
    add(
      'walk-in',
      'neutral',
      card.queueNumber === null ? t('chip.walkInPlain') : t('chip.walkIn', { number: card.queueNumber }),
    )
  }
  if (card.firstVisit) add('first', 'violet', t('chip.first'))
  if (card.stage === 'expected' || card.stage === 'waiting') chips.push(...deskChips(card, now, t))
  return chips
}

function deskChips(card: Card, now: string, t: Words['t']): Chip[] {
  if (card.phone === null) return [{ key: 'phone', tone: 'warn', text: t('chip.noPhone') }]
  if (!isPhoneOld(card, now) || card.phoneSince === null) return []
  const years = Math.floor(minutesBetween(card.phoneSince, now) / (365.25 * 24 * 60))
  return [{ key: 'phone', tone: 'warn', text: t('chip.phoneOld', { count: years }) }]
}
