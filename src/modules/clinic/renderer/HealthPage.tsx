// The state of the records on this computer, check by check, with what to do where something is not well.
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag, type Tone } from '#ui/Marks.tsx'
import { clinic, type Health } from '../shared/contract.ts'
import { ClockWords } from './ClockWords.tsx'
import { groupOf, type HealthGroup, healthGroups } from './health-groups.ts'
import { clinicTexts } from './i18n.ts'
import { JobsCard } from './JobsCard.tsx'
import { SupportCard } from './SupportCard.tsx'
import './clinic.css'

type Check = Health['checks'][number]
const tones: Record<Check['state'], Tone> = { ok: 'ok', warning: 'warn', danger: 'bad' }

export function HealthPage() {
  const t = useTexts(clinicTexts)
  useTitle(t('health.title'))
  const may = useMay()
  const health = useRead(clinic, 'health', {}, { staleMs: 0, enabled: may('clinic.M') })
  const again = (
    <Button onClick={() => void health.refetch()} loading={health.isFetching}>
      {t('health.again')}
    </Button>
  )
  return (
    <AdminFrame actions={again}>
      <QueryView query={health}>{(value) => <HealthView health={value} />}</QueryView>
    </AdminFrame>
  )
}

function HealthView({ health }: { health: Health }) {
  const t = useTexts(clinicTexts)
  const f = useFormats()
  const facts = [
    ['health.patients', health.patients],
    ['health.auditEntries', health.auditEntries],
    ['health.commits', health.commits],
  ] as const
  return (
    <>
      <Card
        title={<HealthWords health={health} />}
        meta={t('health.checkedAt', { time: f.instant(health.checkedAt, 'time') })}
      >
        <dl className="health-facts">
          {facts.map(([key, value]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd className="os-num">{f.number(value)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <div className="health-groups">
        {healthGroups.map((group) => (
          <CheckGroup key={group} group={group} health={health} />
        ))}
      </div>
      {health.jobs.length > 0 ? <JobsCard jobs={health.jobs} /> : null}
      <SupportCard />
    </>
  )
}

function CheckGroup({ group, health }: { group: HealthGroup; health: Health }) {
  const t = useTexts(clinicTexts)
  const own = health.checks.filter(({ name }) => groupOf(name) === group)
  if (own.length === 0) return null
  return (
    <Card title={t(`health.group.${group}`)} padded={false}>
      <ul className="health-checks">
        {own.map((check) => (
          <li key={check.name}>
            <b>{t(`check.${check.name}`)}</b>
            <Tag tone={tones[check.state]}>{t(`health.state.${check.state}`)}</Tag>
            <span className="health-words">
              {check.name === 'clock' ? <ClockWords time={health.time} /> : <CheckWords check={check} />}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Ages in hours have words of their own for the first one. */
const isText = (key: string): key is Extract<keyof typeof clinicTexts.en, `check.${string}.now`> =>
  Object.hasOwn(clinicTexts.en, key)

function CheckWords({ check }: { check: Check }) {
  const t = useTexts(clinicTexts)
  const { bytes, number } = useFormats()
  const value = check.value ?? 0
  const thisHour = `check.${check.name}.now`
  if (check.state === 'ok' && value === 0 && isText(thisHour)) return t(thisHour)
  return t(`check.${check.name}.${check.state === 'ok' ? 'ok' : 'bad'}`, {
    value: number(value),
    size: bytes(value),
  })
}

/** The worst of the checks by name: "Recovery kit: act now". */
export function HealthWords({ health }: { health: Health }) {
  const t = useTexts(clinicTexts)
  const worst = health.checks.filter((check) => check.state === health.state)
  const [first] = worst
  if (health.state === 'ok' || !first) return t('health.ok')
  if (worst.length > 1) return t('health.several', { count: worst.length })
  return `${t(`check.${first.name}`)}: ${t(`health.state.${first.state}`)}`
}
