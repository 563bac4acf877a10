// The copy of the day where the records do not open: what opens it, then the list. Nothing of it outlives this screen.
import { useEffect, useState } from 'react'
import { isApiError } from '#renderer/api/client.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { client } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { DowntimeList } from '#shared/downtime.ts'
import type { RestoreOpener } from '#shared/restore.ts'
import { Button } from '#ui/Button.tsx'
import { DowntimeSheet } from './DowntimeSheet.tsx'
import { OpenerForm } from './OpenerForm.tsx'
import { downtimeTexts } from './i18n.ts'
import './downtime.css'

/** Patients' data must not stand on an unattended screen. */
const closesAfterMs = 10 * 60_000

export function DowntimeReading({ withKit, onBack }: { withKit: boolean; onBack: () => void }) {
  const t = useTexts(downtimeTexts)
  const common = useTexts(commonTexts)
  const [list, setList] = useState<DowntimeList | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const read = (opener: RestoreOpener) => {
    if (isBusy) return
    setBusy(true)
    setError(null)
    client
      .bootstrap('readDowntime', { opener })
      .then((found) => setList(found as DowntimeList))
      .catch((thrown: unknown) => {
        if (!isApiError(thrown)) throw thrown
        if (thrown.code === 'FORBIDDEN' && thrown.details.reason === undefined) setError(t('open.forbidden'))
        else if (thrown.code === 'WRONG_FILE') setError(t('open.damaged'))
        else if (thrown.code === 'NOT_FOUND') setError(t('open.gone'))
        else setError(errorText(thrown))
      })
      .finally(() => setBusy(false))
  }
  if (!list)
    return <OpenerForm withKit={withKit} isBusy={isBusy} error={error} onRead={read} onBack={onBack} />
  return (
    <>
      <DowntimeSheet list={list} />
      <CloseWhenUnused onClose={onBack} />
      <div className="dt-acts">
        <Button intent="primary" onClick={() => window.print()} autoFocus>
          {common('act.print')}
        </Button>
        <Button onClick={onBack}>{common('act.close')}</Button>
      </div>
    </>
  )
}

function CloseWhenUnused({ onClose }: { onClose: () => void }) {
  const t = useTexts(downtimeTexts)
  useEffect(() => {
    let timer = setTimeout(onClose, closesAfterMs)
    const again = () => {
      clearTimeout(timer)
      timer = setTimeout(onClose, closesAfterMs)
    }
    const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const
    for (const sign of signs) window.addEventListener(sign, again, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, again)
    }
  }, [onClose])
  return <p className="os-dim dt-closes">{t('copy.closes')}</p>
}
