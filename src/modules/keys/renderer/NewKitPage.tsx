// An administrator replaces the recovery kit.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { KitSheet } from '#shared/bootstrap.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { callProcedure, useAct } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { keys } from '../shared/contract.ts'
import { keysTexts } from './i18n.ts'
import { KitPages } from './KitPages.tsx'

export function NewKitPage() {
  const t = useTexts(keysTexts)
  useTitle(t('newKit.title'))
  const me = useMe()
  const navigate = useNavigate()
  const [sheet, setSheet] = useState<KitSheet | null>(null)
  const make = useAct(keys, 'makeKit', { onDone: setSheet })
  const confirm = useAct(keys, 'confirmKit')
  const leave = () => void navigate('/admin/keys')
  return (
    <AdminFrame>
      <Card title={t('newKit.title')}>
        {sheet ? (
          <KitPages
            sheet={sheet}
            clinicName={me.clinic.name}
            onPaper={(language) => callProcedure(keys, 'kitPaper', { language })}
            onConfirm={async (typed) => {
              await confirm.act({ typed: [...typed] })
              showToast({ text: t('kit.done') })
              leave()
            }}
          />
        ) : (
          <div className="kit-page">
            <p>{t('newKit.text')}</p>
            {make.error ? <Notice tone="bad" title={errorText(make.error)} /> : null}
            <div className="kit-actions">
              <Button intent="primary" onClick={() => make.start({})} loading={make.isPending} autoFocus>
                {t('newKit.start')}
              </Button>
              <Button onClick={leave}>{t('newKit.leave')}</Button>
            </div>
          </div>
        )}
      </Card>
    </AdminFrame>
  )
}
