// What comparing the clock with a time server said, in plain words, and doing it now.
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { clinic, type Health } from '../shared/contract.ts'
import { clinicTexts } from './i18n.ts'

type Time = Health['time']

export function ClockWords({ time }: { time: Time }) {
  const t = useTexts(clinicTexts)
  const compare = useAct(clinic, 'compareTime')
  return (
    <>
      <span>{useClockText(time)}</span>
      {time.outcome === 'off' ? null : (
        <>
          {' '}
          <Button small onClick={() => compare.start({})} loading={compare.isPending}>
            {t('clock.compare')}
          </Button>
        </>
      )}
    </>
  )
}

function useClockText({ outcome, quality, at, aheadMs, server }: Time): string {
  const t = useTexts(clinicTexts)
  const f = useFormats()
  const values = {
    server: server ?? '',
    time: at === null ? '' : f.instant(at, 'short-date-time'),
    by: lengthOf(f, Math.abs(aheadMs ?? 0)),
  }
  if (outcome === 'wrong') return t((aheadMs ?? 0) > 0 ? 'clock.fast' : 'clock.slow', values)
  // Set since it was compared: comparing again is a matter of seconds.
  if (quality === 'suspect') return t('check.clock.bad')
  return t(`clock.${outcome}`, values)
}

function lengthOf(f: ReturnType<typeof useFormats>, ms: number): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour' | 'day') =>
    f.number(value, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: name === 'second' ? 1 : 0,
    })
  const seconds = ms / 1000
  if (seconds < 120) return unit(seconds, 'second')
  if (seconds < 7_200) return unit(seconds / 60, 'minute')
  return seconds < 172_800 ? unit(seconds / 3_600, 'hour') : unit(seconds / 86_400, 'day')
}
