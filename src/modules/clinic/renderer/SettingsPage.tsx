// The clinic's name, place and policies.
import { useState } from 'react'
import { queryClient, readKey, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { SaveRow } from '#renderer/api/SaveRow.tsx'
import { setWindowState, useMe } from '#renderer/api/session-store.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { type Region, RegionFields } from '#renderer/app/RegionFields.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Clinic, clinic } from '../shared/contract.ts'
import { clinicTexts } from './i18n.ts'
import { TimeCard } from './TimeCard.tsx'
import './clinic.css'

export function SettingsPage() {
  const t = useTexts(clinicTexts)
  useTitle(t('settings.title'))
  const current = useRead(clinic, 'get', {})
  return (
    <AdminFrame>
      <QueryView query={current}>
        {(value) =>
          value.rev === undefined || value.oneCareTeam === undefined ? null : (
            <SettingsForm clinicNow={{ ...value, rev: value.rev, oneCareTeam: value.oneCareTeam }} />
          )
        }
      </QueryView>
      <div className="settings-grid settings-more">
        <TimeCard />
      </div>
    </AdminFrame>
  )
}

function SettingsForm({ clinicNow }: { clinicNow: Clinic }) {
  const t = useTexts(clinicTexts)
  const common = useTexts(commonTexts)
  const me = useMe()
  // The version this form started from: a later one is shown as a conflict, never overwritten.
  const [start, setStart] = useState(clinicNow)
  const [name, setName] = useState(start.name)
  const [region, setRegion] = useState<Region>(regionOf(start))
  const [oneCareTeam, setOneCareTeam] = useState(start.oneCareTeam)
  const takeOver = (next: Clinic) => {
    setStart(next)
    setName(next.name)
    setRegion(regionOf(next))
    setOneCareTeam(next.oneCareTeam)
  }
  const update = useAct(clinic, 'update', {
    onDone: (next) => {
      takeOver(next)
      queryClient.setQueryData(readKey(clinic, 'get', {}), next)
      const { name: clinicName, country, timeZone, currency, locale, isDemo } = next
      const shown = { name: clinicName, country, timeZone, currency, locale, isDemo }
      setWindowState({ kind: 'signed-in', me: { ...me, clinic: shown } })
      showToast({ text: t('settings.saved') })
    },
  })
  const submit = () => {
    if (name.trim() && !update.isPending) update.start({ rev: start.rev, name, ...region, oneCareTeam })
  }
  const reload = () => {
    takeOver(clinicNow)
    update.reset()
  }
  return (
    <Form className="settings-grid" onSubmit={submit}>
      <Card title={t('settings.title')}>
        <TextField
          label={t('settings.name')}
          hint={t('settings.nameHint')}
          value={name}
          onChange={setName}
          error={name.trim() ? undefined : common('word.required')}
          maxLength={200}
          autoFocus
        />
      </Card>
      <Card title={t('settings.place')}>
        <div className="os-stack">
          <RegionFields value={region} onChange={setRegion} />
        </div>
      </Card>
      <Card title={t('settings.policy')}>
        <Checkbox checked={oneCareTeam} onChange={setOneCareTeam} hint={t('settings.oneTeamHint')}>
          {t('settings.oneTeam')}
        </Checkbox>
      </Card>
      <SaveRow act={update} reload={{ label: t('settings.reload'), run: reload }} />
    </Form>
  )
}

const regionOf = ({ country, timeZone, currency, locale }: Clinic): Region => ({
  country,
  timeZone,
  currency,
  locale,
})
