// Directions as they are typed, and at once what was understood: in words, or kept as written with the odd words marked.
import { type KeyboardEvent, useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { TextField } from '#ui/TextField.tsx'
import { prescribing } from '../shared/contract.ts'
import { isParsed, type SigReading, type SigText } from '../shared/sig/index.ts'
import { useRxWords } from './use-rx-words.ts'
import type { DeskState } from './use-desk.ts'

export function SigBox({ state }: { state: DeskState }) {
  const { t, quantity } = useRxWords()
  const { draft, reading } = state
  const drugId = draft.drug?.id ?? null
  const usual = useRead(
    prescribing,
    'usualDirections',
    { drugId: drugId ?? '-' },
    { enabled: drugId !== null },
  )
  const choices = drugId === null ? [] : (usual.data ?? [])
  const [at, setAt] = useState(-1)
  const take = (n: number) => {
    const choice = choices[n]
    if (!choice) return
    setAt(n)
    state.change({
      sigText: choice.sigText,
      refills: choice.refills === 0 ? '' : String(choice.refills),
      // What the directions count by themselves is counted anew.
      quantity: choice.origin === 'favourite' && choice.quantity ? String(choice.quantity.value) : '',
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    if (choices.length === 0) return
    event.preventDefault()
    const step = event.key === 'ArrowDown' ? 1 : -1
    take((at + step + choices.length) % choices.length)
  }
  return (
    <div className="rx-sig">
      <TextField
        label={t('sig.label')}
        value={draft.sigText}
        onChange={(sigText) => state.change({ sigText })}
        onKeyDown={onKeyDown}
        placeholder={t('sig.hint')}
        hint={choices.length > 0 ? t('sig.usualHint') : undefined}
        error={state.isTried && draft.sigText.trim() === '' ? t('sig.missing') : null}
        maxLength={500}
        autoFocus
      />
      <div role="status" aria-live="polite">
        {reading ? <Reading reading={reading} /> : null}
      </div>
      {choices.length > 0 ? (
        <div className="rx-usual" role="group" aria-label={t('sig.usual')}>
          {choices.map((choice, n) => (
            <button
              key={`${choice.origin} ${choice.sigText}`}
              type="button"
              className={n === at && choice.sigText === draft.sigText ? 'rx-chip os-on' : 'rx-chip'}
              title={
                choice.origin === 'favourite' ? t('sig.favourite') : t('sig.times', { count: choice.uses })
              }
              onClick={() => take(n)}
            >
              {choice.origin === 'favourite' ? <span aria-label={t('sig.favourite')}>★ </span> : null}
              <bdi>{choice.sigText}</bdi>
              {choice.quantity ? <span className="os-dim"> · {quantity(choice.quantity)}</span> : null}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

function Reading({ reading }: { reading: SigReading }) {
  const { t, directions } = useRxWords()
  if (isParsed(reading)) {
    return (
      <p className="rx-understood">
        <span aria-hidden="true">✓ </span>
        <span className="os-sr">{t('sig.understood')}: </span>
        <bdi>{directions(reading)}</bdi>
      </p>
    )
  }
  return <AsWritten reading={reading} />
}

function AsWritten({ reading }: { reading: SigText }) {
  const { t } = useRxWords()
  const words = reading.unparsed.map((span) => span.text).join(' ')
  const why = reading.why === 'empty' ? '' : t(`sig.${reading.why}`, { words })
  return (
    <div className="rx-aswritten">
      <p>
        <b>{t('sig.asWritten')}.</b> {why} <span className="os-dim">{t('sig.asWrittenText')}</span>
      </p>
      <p dir="auto" className="rx-marked">
        <Marked reading={reading} />
      </p>
    </div>
  )
}

function Marked({ reading: { text, unparsed } }: { reading: SigText }) {
  const parts = unparsed.flatMap((span, n) => {
    const from = unparsed[n - 1]?.end ?? 0
    return [
      <span key={`${from}-text`}>{text.slice(from, span.start)}</span>,
      <mark key={`${span.start}-mark`}>{text.slice(span.start, span.end)}</mark>,
    ]
  })
  return (
    <>
      {parts}
      {text.slice(unparsed.at(-1)?.end ?? 0)}
    </>
  )
}
