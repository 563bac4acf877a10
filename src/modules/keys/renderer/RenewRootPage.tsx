// A new root key of the clinic: says what will happen to whom, makes the new kit, and begins once it is on paper.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { KitSheet } from '#shared/bootstrap.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Notice } from '#ui/States.tsx'
import { keys, type KeyState } from '../shared/contract.ts'
import { keysTexts } from './i18n.ts'
import { KitPages } from './KitPages.tsx'
import { showRotating } from './rotating.ts'

export function RenewRootPage() {
  const t = useTexts(keysTexts)
  useTitle(t('renew.title'))
  const state = useRead(keys, 'state', {}, { staleMs: 0 })
  return (
    <AdminFrame>
      <Card title={t('renew.title')}>
        <QueryView query={state}>{(found) => <Renewing state={found} />}</QueryView>
      </Card>
    </AdminFrame>
  )
}

function Renewing({ state }: { state: KeyState }) {
  const t = useTexts(keysTexts)
  const me = useMe()
  const navigate = useNavigate()
  const [sheet, setSheet] = useState<KitSheet | null>(null)
  const begin = useAct(keys, 'beginRenewal', { onDone: setSheet })
  const renew = useAct(keys, 'renew')
  // Whoever opens the closed clinic here goes on to: the slot is made anew with the password.
  const hasSlot = state.openers.some((one) => one.userId === me.userId)
  if (sheet)
    return (
      <KitPages
        sheet={sheet}
        clinicName={me.clinic.name}
        confirmLabel={t('renew.submit')}
        confirmText={t('renew.confirmText')}
        asksPassword={hasSlot}
        onPaper={(language) => callProcedure(keys, 'kitPaper', { language })}
        onConfirm={async (typed, password) => {
          await renew.act({ typed: [...typed], password: hasSlot ? password : null })
          await showRotating()
        }}
      />
    )
  return (
    <div className="kit-page">
      <p>{t('renew.text')}</p>
      <ul className="keys-list">
        <li>{t('renew.out')}</li>
        <li>{t('renew.colleagues')}</li>
        <li>{hasSlot ? t('renew.you') : t('renew.youLater')}</li>
        <li>{t('renew.kit')}</li>
        <li>{t('renew.backups')}</li>
      </ul>
      {begin.error ? <Notice tone="bad" title={errorText(begin.error)} /> : null}
      <div className="kit-actions">
        <Button intent="primary" onClick={() => begin.start({})} loading={begin.isPending} autoFocus>
          {t('newKit.start')}
        </Button>
        <Button onClick={() => void navigate('/admin/keys')}>{t('renew.leave')}</Button>
      </div>
    </div>
  )
}
