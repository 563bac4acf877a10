// How reminders are sent: account, times, words. For those who look after the clinic's settings.
import { useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { reminders } from '../shared/contract.ts'
import { remindersTexts } from './i18n.ts'
import { MailCard } from './MailCard.tsx'
import { TemplatesCard } from './TemplatesCard.tsx'
import { TimingCard } from './TimingCard.tsx'
import './reminders.css'

export function SettingsPage() {
  const t = useTexts(remindersTexts)
  useTitle(t('title'))
  const may = useMay()
  const navigate = useNavigate()
  const settings = useRead(reminders, 'settings', {}, { enabled: may('reminders.M') })
  const openLog = () => void navigate('/reminders')
  useShortcuts([{ keys: 'l', labelKey: remindersTexts.key('settings.openLog'), run: openLog }])
  return (
    <AdminFrame
      actions={
        <Button kbd="l" onClick={openLog}>
          {t('settings.openLog')}
        </Button>
      }
    >
      <QueryView query={settings}>
        {({ mail, timing, templates, visitTypes }) => (
          <>
            <div className="rem-grid">
              <MailCard account={mail} />
              <TimingCard timing={timing} visitTypes={visitTypes} />
            </div>
            <TemplatesCard templates={templates} phone={timing.phone} />
          </>
        )}
      </QueryView>
    </AdminFrame>
  )
}
