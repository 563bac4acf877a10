// The visit on its way, with what is in its way. The only thing that is drawn again during a drag.
import { useSyncExternalStore } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { schedulingTexts } from '../i18n.ts'
import { shiftTo, widthOf } from './geometry.ts'
import type { GhostStore } from './ghost-store.ts'

export interface GhostProps {
  readonly store: GhostStore
  readonly from: number
  readonly perMinute: number
}

export function Ghost({ store, from, perMinute }: GhostProps) {
  const t = useTexts(schedulingTexts)
  const state = useSyncExternalStore(store.subscribe, store.get)
  const said = state
    ? [state.words.time, state.words.where, ...state.words.problems].join(', ') +
      (state.words.problems.length === 0 ? `, ${t('move.fits')}` : '')
    : ''
  return (
    <>
      {/* Moves by key are heard; those of a pointer are seen by whoever makes them. */}
      <div className="os-sr" role="status">
        {state?.by === 'keys' ? said : ''}
      </div>
      {state ? (
        <div
          className={state.words.problems.length > 0 ? 'sc-ghost sc-ghost-clash' : 'sc-ghost'}
          aria-hidden="true"
          data-testid="move-ghost"
          style={{
            inlineSize: widthOf(state.geometry, state.target.column) - 6,
            blockSize: Math.max(16, state.target.length * perMinute - 2),
            transform: `translate(${shiftTo(state.geometry, state.target.column) + (state.geometry.isRtl ? -3 : 3)}px, ${
              (state.target.minute - from) * perMinute + 1
            }px)`,
          }}
        >
          <div className="sc-ghost-words">
            <b>
              <bdi>{state.visit.name}</bdi> {state.words.time}
            </b>{' '}
            <span>{state.words.problems.length > 0 ? state.words.problems.join(' · ') : t('move.fits')}</span>
          </div>
        </div>
      ) : null}
    </>
  )
}
