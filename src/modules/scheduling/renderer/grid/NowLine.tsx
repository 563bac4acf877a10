// Where the day stands. It moves by itself and draws nothing else again.
import { useNowMs } from '../use-now.ts'
import type { DayScale } from './day-scale.ts'

export interface NowLineProps {
  readonly scale: DayScale
  readonly from: number
  readonly to: number
  readonly perMinute: number
}

export function NowLine({ scale, from, to, perMinute }: NowLineProps) {
  const nowMs = useNowMs()
  const minute = scale.minuteOf(new Date(nowMs).toISOString())
  if (minute < from || minute > to) return null
  return (
    <div className="sc-now" aria-hidden="true" style={{ insetBlockStart: (minute - from) * perMinute }} />
  )
}
