// Vital signs twice: the strip above the note with the latest values, and the profile with curves.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { Chart } from '../shared/contract.ts'
import { type VitalKey, vitalKeys } from '../shared/vital-signs.ts'
import { chartTexts } from './i18n.ts'
import { markOf, readingOf } from './measured.ts'
import { Measurement } from './Measurement.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { Sparkline } from './Sparkline.tsx'
import { monthsSpanned } from './spark-points.ts'
import { useDays } from './use-days.ts'

type Vital = Chart['vitals'][number]

const isKnown = (key: string): key is VitalKey => (vitalKeys as readonly string[]).includes(key)

function useVitalName(): (vital: Vital) => string {
  const t = useTexts(chartTexts)
  return ({ key, latest }) => (isKnown(key) ? t(`vital.${key}`) : latest.display)
}

/** What a clinician looks at first in a visit, in this order, as far as it was ever measured. */
const stripKeys: readonly string[] = [
  'blood-pressure',
  'heart-rate',
  'temperature',
  'oxygen-saturation',
  'weight',
  'bmi',
]

export function VitalStrip({ vitals }: { vitals: readonly Vital[] }) {
  const t = useTexts(chartTexts)
  const name = useVitalName()
  const days = useDays()
  const f = useFormats()
  const shown = stripKeys.flatMap((key) => vitals.find((v) => v.key === key) ?? []).slice(0, 5)
  if (shown.length === 0) return null
  return (
    <dl className="ch-strip" aria-label={t('vitals.strip')}>
      {shown.map((vital) => {
        const at = vital.latest.effectiveAt
        return (
          <div key={vital.key}>
            <dt>
              {name(vital)}
              {at && !days.isToday(at) ? <span className="ch-strip-date"> · {days.short(at)}</span> : null}
            </dt>
            <dd>
              <Measurement observation={vital.latest} />
              {vital.key === 'weight' ? <Change vital={vital} number={f.number} /> : null}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** Difference to the value before, where both were weighed in the same unit: "+1.4". */
function Change({
  vital,
  number,
}: {
  vital: Vital
  number: (n: number, o?: Intl.NumberFormatOptions) => string
}) {
  const [before, now] = vital.series.slice(-2)
  if (!before || !now) return null
  const change = Math.round((now.value - before.value) * 10) / 10
  if (change === 0) return null
  return (
    <>
      {' '}
      <bdi className="ch-unit" dir="ltr">
        {number(change, { signDisplay: 'always' })}
      </bdi>
    </>
  )
}

export function VitalsProfile({ vitals, onAll }: { vitals: readonly Vital[]; onAll: () => void }) {
  const t = useTexts(chartTexts)
  const name = useVitalName()
  const days = useDays()
  const pressure = vitals.find((v) => v.key === 'blood-pressure' && v.series.length > 1)
  const others = vitals.filter((v) => v !== pressure)
  if (vitals.length === 0) {
    return (
      <ProfileSection title={t('vitals.title')}>
        <p className="os-dim">{t('vitals.none')}</p>
      </ProfileSection>
    )
  }
  return (
    <>
      {pressure ? <Pressure vital={pressure} name={name(pressure)} /> : null}
      <ProfileSection title={t('vitals.title')} action={{ label: t('vitals.all'), run: onAll }}>
        <ul className="ch-vitals">
          {others.map((vital) => (
            <li key={vital.key}>
              <span className="ch-vital-name" dir="auto">
                {name(vital)}
              </span>
              <Measurement observation={vital.latest} />
              {vital.series.length > 1 ? (
                <Sparkline
                  name={name(vital)}
                  series={vital.series}
                  width={56}
                  height={20}
                  isMarked={markOf(vital.latest) !== null}
                />
              ) : (
                <span />
              )}
              <span className="ch-date">{days.short(vital.latest.effectiveAt)}</span>
            </li>
          ))}
        </ul>
      </ProfileSection>
    </>
  )
}

function Pressure({ vital, name }: { vital: Vital; name: string }) {
  const t = useTexts(chartTexts)
  const f = useFormats()
  const days = useDays()
  const { value, unit } = readingOf(vital.latest)
  const at = vital.latest.effectiveAt
  const when = at ? (at.length > 10 && days.isToday(at) ? f.ago(at) : days.full(at)) : ''
  return (
    <ProfileSection title={t('vitals.months', { name, count: monthsSpanned(vital.series) })}>
      <Sparkline
        name={name}
        series={vital.series}
        width={258}
        height={76}
        isMarked={markOf(vital.latest) !== null}
      />
      <p className="os-dim os-sm">
        {t('vitals.last', { value: [value, unit].filter(Boolean).join(' '), when })}
      </p>
    </ProfileSection>
  )
}
