// The lamp in the header for those who look after the clinic's computer; a click leads to the checks.
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Lamp } from '#ui/Marks.tsx'
import { clinic } from '../shared/contract.ts'
import { HealthWords } from './HealthPage.tsx'
import { clinicTexts } from './i18n.ts'
import './clinic.css'

export function HealthLamp() {
  const may = useMay()
  return may('clinic.M') ? <LampForAdmin /> : null
}

const tones = { ok: 'ok', warning: 'warn', danger: 'bad' } as const

function LampForAdmin() {
  const t = useTexts(clinicTexts)
  const { data } = useRead(clinic, 'health', {}, { everyMs: 5 * 60_000 })
  if (!data) return null
  return (
    <Link to="/admin/health" className="health-lamp">
      <Lamp tone={tones[data.state]}>
        {data.state === 'ok' ? t('health.lamp.ok') : <HealthWords health={data} />}
      </Lamp>
    </Link>
  )
}
