// One measured value as text: digits, unit, and the mark with sign and word. Left to right inside any script.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { isPartialDate } from '#shared/time.ts'
import type { ObservationLine } from '../shared/contract.ts'
import { chartTexts } from './i18n.ts'
import { type Mark, markOf, type Measured, readingOf, signOf } from './measured.ts'

const numeric: ReadonlySet<string> = new Set(['quantity', 'integer', 'range', 'ratio', 'time'])

/** Words of a value that is neither number nor free text. */
export function useReading(): (o: ObservationLine) => Measured {
  const t = useTexts(commonTexts)
  const f = useFormats()
  return (o) => {
    const reading = readingOf(o)
    if (reading.value === null) return reading
    if (o.valueKind === 'boolean')
      return { value: t(o.valueText === 'false' ? 'word.no' : 'word.yes'), unit: null }
    const isTime =
      o.valueKind === 'dateTime' && (isPartialDate(reading.value) || !Number.isNaN(Date.parse(reading.value)))
    return isTime ? { value: f.clinicalTime(reading.value), unit: null } : reading
  }
}

export function Measurement({
  observation,
  strong = true,
}: {
  observation: ObservationLine
  strong?: boolean
}) {
  const t = useTexts(chartTexts)
  const { value, unit, exact } = useReading()(observation)
  const mark = markOf(observation)
  if (value === null) {
    const parts = observation.components
    if (parts.length > 0) return <Components observation={observation} />
    return <span className="os-dim">{t('vitals.noValue')}</span>
  }
  const isNumber =
    observation.valueKind === null || numeric.has(observation.valueKind) || observation.components.length > 0
  const Value = strong ? 'b' : 'span'
  return (
    <span className={mark ? 'ch-value ch-marked' : 'ch-value'}>
      <bdi dir={isNumber ? 'ltr' : 'auto'} title={exact}>
        <Value className="os-num">{value}</Value>
        {unit ? <span className="ch-unit"> {unit}</span> : null}
      </bdi>
      {mark ? <MarkWord mark={mark} /> : null}
    </span>
  )
}

function Components({ observation }: { observation: ObservationLine }) {
  const t = useTexts(chartTexts)
  return (
    <span className="ch-components">
      {observation.components.map((part) => {
        const { value, unit } = readingOf({ ...observation, ...part, components: [] })
        return (
          <span key={`${part.code ?? ''}${part.display}`}>
            <span className="os-dim" dir="auto">
              {part.display}{' '}
            </span>
            <bdi>
              {value ?? t('vitals.noValue')} {unit}
            </bdi>
          </span>
        )
      })}
    </span>
  )
}

export function MarkWord({ mark }: { mark: Mark }) {
  const t = useTexts(chartTexts)
  return (
    <span className="ch-mark">
      {' '}
      <span aria-hidden="true">{signOf[mark]}</span> {t(`mark.${mark}`)}
    </span>
  )
}
