// One sign on the sheet: the box with its unit, what the value means, what it was last time.
import { Field } from '#ui/Field.tsx'
import { lastOf } from '../shared/last-values.ts'
import type { Sheet } from '../shared/contract.ts'
import { type Interpretation, type Range, sources } from '../shared/ranges.ts'
import { judge, rangeWords } from '../shared/rules.ts'
import { type SignKey, signs } from '../shared/signs.ts'
import { type UnitCode, units } from '../shared/units.ts'
import type { SheetState } from './use-sheet.ts'
import { arrowOf, useVitalWords } from './words.ts'

export function SignRow({ sign, sheet, state }: { sign: SignKey; sheet: Sheet; state: SheetState }) {
  const { t, problem, last, when } = useVitalWords()
  const unit = state.unitOf(sign)
  const reading = state.readingOf(sign)
  const said = reading.kind === 'taken' ? reading.taken : null
  const shownUnit = said?.unit ?? unit
  const empty = { sign, value: '1', second: sign === 'blood-pressure' ? '1' : null, unit }
  const { interpretation, ranges } = judge(said ?? empty, state.age, sheet.gender)
  const before = lastOf(sheet.vitals, sign)
  return (
    <div className="vt-row">
      <Field
        label={t(`sign.${sign}`)}
        error={state.isLeft(sign) ? problem(reading) : null}
        className="vt-field"
      >
        {(control) => (
          <span className="os-input-box vt-box">
            <input
              {...control}
              className="os-input os-num"
              dir="ltr"
              inputMode={sign === 'blood-pressure' ? 'text' : 'decimal'}
              autoComplete="off"
              spellCheck={false}
              maxLength={20}
              value={state.typed(sign)}
              onChange={(event) => state.type(sign, event.currentTarget.value)}
              onBlur={() => state.leave(sign)}
            />
            <UnitButton sign={sign} state={state} label={units[shownUnit].label} />
          </span>
        )}
      </Field>
      <span className="vt-mark" role="status">
        {said ? <MarkWord interpretation={interpretation} /> : null}
      </span>
      <span className="vt-last os-dim">
        {before ? (
          <>
            <bdi dir="ltr" className="os-num">
              {last(before, sign, shownUnit)}
            </bdi>
            {before.at ? <span> · {when(before.at)}</span> : null}
          </>
        ) : (
          t('last.none')
        )}
        <UsualRange ranges={ranges} sign={sign} unit={shownUnit} />
      </span>
    </div>
  )
}

/** Out of the way of the Tab key: units are also typed behind the number. */
function UnitButton({ sign, state, label }: { sign: SignKey; state: SheetState; label: string }) {
  const { t } = useVitalWords()
  if (signs[sign].units.length === 1) return <span className="vt-unit">{label}</span>
  return (
    <button
      type="button"
      className="vt-unit vt-unit-button"
      tabIndex={-1}
      aria-label={t('unit.change', { unit: label })}
      title={t('unit.hint')}
      onClick={() => state.nextUnit(sign)}
    >
      {label}
    </button>
  )
}

function UsualRange({
  ranges,
  sign,
  unit,
}: {
  ranges: readonly (Range | null)[]
  sign: SignKey
  unit: UnitCode
}) {
  const { t } = useVitalWords()
  const words = ranges.map((by) => rangeWords(by, sign, unit))
  const by = ranges.find((range) => range !== null)
  if (!by || words.every((word) => word === null)) return null
  return (
    <span className="vt-usual" title={t('usual.source', { source: sources[by.source] })}>
      {/* Isolated left to right: in Arabic a bare "≤" would be drawn the other way round. */}
      {t('usual.range', { range: `\u2066${words.filter(Boolean).join(' / ')}\u2069` })}
    </span>
  )
}

export function MarkWord({ interpretation }: { interpretation: Interpretation | null }) {
  const { t } = useVitalWords()
  if (interpretation === null) return null
  const isMarked = interpretation !== 'N'
  return (
    <span className={isMarked ? 'vt-marked' : 'vt-normal'}>
      {isMarked ? <span aria-hidden="true">{arrowOf[interpretation]} </span> : null}
      {t(`mark.${interpretation}`)}
    </span>
  )
}
