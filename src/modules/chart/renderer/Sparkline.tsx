// The small curve behind a vital sign. Drawn for eyes; the same values are told in words to readers.
import { useTexts } from '#renderer/i18n/define.ts'
import type { Chart } from '../shared/contract.ts'
import { chartTexts } from './i18n.ts'
import { sparkOf } from './spark-points.ts'
import { useDays } from './use-days.ts'

export interface SparklineProps {
  readonly name: string
  readonly series: Chart['vitals'][number]['series']
  readonly width: number
  readonly height: number
  /** The last value carries a mark: its point is red, and the word stands in the text beside it. */
  readonly isMarked: boolean
}

export function Sparkline({ name, series, width, height, isMarked }: SparklineProps) {
  const t = useTexts(chartTexts)
  const days = useDays()
  const spark = sparkOf(series, width, height)
  const points = series
    .map((p) =>
      t('vitals.point', {
        value: p.second === null ? String(p.value) : `${p.value}/${p.second}`,
        date: days.full(p.at),
      }),
    )
    .join('; ')
  return (
    <svg
      className="ch-spark"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={t('vitals.curve', { name, points })}
    >
      <polyline className="ch-spark-second" points={spark.secondLine} />
      <polyline className="ch-spark-line" points={spark.line} />
      {spark.last ? (
        <circle
          className={isMarked ? 'ch-spark-bad' : 'ch-spark-last'}
          cx={spark.last.x}
          cy={spark.last.y}
          r={3}
        />
      ) : null}
    </svg>
  )
}
