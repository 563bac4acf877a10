// Before somebody is checked in: only what needs attention, then Enter. Details are one key away and nothing has to be done.
import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { useShortcuts } from '#renderer/app/actions.ts'
import { Button } from '#ui/Button.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import type { Card } from '../shared/contract.ts'
import { Chips } from './CardView.tsx'
import { boardTexts } from './i18n.ts'
import { useBoardWords } from './words.ts'

export interface CheckInStripProps {
  readonly card: Card
  readonly now: string
  readonly onCheckIn: () => void
  readonly onClose: () => void
}

export function CheckInStrip({ card, now, onCheckIn, onClose }: CheckInStripProps) {
  const { t, f, facts, place, chips } = useBoardWords()
  const navigate = useNavigate()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  useShortcuts([{ keys: 'Escape', labelKey: boardTexts.key('strip.close'), run: onClose }])
  const found = chips(card, now)
  return (
    <section className="bd-strip" aria-label={t('strip.label', { name: card.name })}>
      <div>
        <b dir="auto">{card.name}</b> <span className="os-dim">{facts(card)}</span>
        <span className="os-dim">
          {card.birthDate ? ` · ${f.date(card.birthDate)}` : ''} · <bdi>{place(card)}</bdi>
        </span>
      </div>
      {found.length > 0 ? <Chips chips={found} /> : <span className="os-dim">{t('strip.fine')}</span>}
      <span className="bd-strip-acts">
        <Button onClick={onClose} kbd="Escape">
          {t('strip.close')}
        </Button>
        <Button onClick={() => void navigate(`/patients/${card.patientId}/details`)}>
          {t('strip.details')}
        </Button>
        {/* Not the ready-made button: that one acts when Enter is let go, and the Enter that led here is still down. */}
        <button
          ref={button}
          type="button"
          className="bp6-button os-btn os-btn-primary os-btn-outlined"
          aria-keyshortcuts="Enter"
          onClick={onCheckIn}
        >
          {t('action.check-in')} <Kbd keys="Enter" />
        </button>
      </span>
    </section>
  )
}
