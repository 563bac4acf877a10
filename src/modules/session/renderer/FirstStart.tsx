// The very first question: a clinic of one's own, or the demo.
import { useState } from 'react'
import { backupsTexts } from '#modules/backups/renderer/api.ts'
import { client } from '#renderer/api/hooks.ts'
import { enter } from '#renderer/app/start.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { displayLocale } from '#renderer/i18n/i18n.ts'
import { Spinner } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { tellOrShow } from './entering.ts'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'

export function FirstStart({ onCreate, onRestore }: { onCreate: () => void; onRestore: () => void }) {
  const backupWords = useTexts(backupsTexts)
  const t = useTexts(sessionTexts)
  const [demo, setDemo] = useState<'idle' | 'busy' | { readonly error: string }>('idle')
  const openDemo = () => {
    setDemo('busy')
    client
      .bootstrap('openDemo', { locale: displayLocale() })
      .then(enter)
      .catch((error: unknown) => tellOrShow(error, (words) => setDemo({ error: words })))
  }
  const isBusy = demo === 'busy'
  return (
    <GateFrame title={t('first.title')} text={t('first.text')}>
      <button type="button" className="gate-choice" onClick={onCreate} disabled={isBusy} autoFocus>
        <b>{t('first.create')}</b>
        <span className="os-dim">{t('first.createText')}</span>
      </button>
      <button type="button" className="gate-choice" onClick={openDemo} disabled={isBusy}>
        <b>{t('first.demo')}</b>
        <span className="os-dim">{t('first.demoText')}</span>
      </button>
      <button type="button" className="gate-choice" onClick={onRestore} disabled={isBusy}>
        <b>{backupWords('restore.firstChoice')}</b>
        <span className="os-dim">{backupWords('restore.firstChoiceText')}</span>
      </button>
      {isBusy ? (
        <p className="gate-wait" role="status">
          <Spinner /> {t('first.demoWait')}
        </p>
      ) : null}
      {typeof demo === 'object' ? <Notice tone="bad" title={demo.error} /> : null}
    </GateFrame>
  )
}
