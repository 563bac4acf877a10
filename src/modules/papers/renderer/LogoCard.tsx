// The logo: chosen from a file and kept at once, with a way back.
import { useRef, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { showToast } from '#ui/toast.ts'
import { papers } from '../shared/contract.ts'
import { type Letterhead, type Logo, logoLimits } from '../shared/settings.ts'
import { papersTexts } from './i18n.ts'

const faults = ['size', 'type', 'pixels', 'unreadable'] as const
type Fault = (typeof faults)[number]

export interface LogoCardProps {
  readonly rev: number
  readonly logo: Logo | null
  readonly onChanged: (next: Letterhead) => void
}

export function LogoCard({ rev, logo, onChanged }: LogoCardProps) {
  const t = useTexts(papersTexts)
  const words = useErrorText()
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const set = useAct(papers, 'setLogo', { onDone: onChanged })
  const put = (next: Logo | null, nowRev = rev) => {
    const before = logo
    setFault(null)
    set.start({ rev: nowRev, logo: next }, (changed) =>
      showToast({
        text: t(next ? 'head.logoSaved' : 'head.logoRemoved'),
        undo: () => put(before, changed.rev),
      }),
    )
  }
  const choose = async (file: File | undefined) => {
    if (!file) return
    if (file.type !== 'image/png' && file.type !== 'image/jpeg') return setFault('type')
    if (file.size > logoLimits.bytes) return setFault('size')
    put({ type: file.type, data: await base64Of(file) })
  }
  const told = set.error?.code === 'INVALID_INPUT' ? String(set.error.details.fields) : ''
  const bad = fault ?? faults.find((name) => told.includes(name)) ?? null
  return (
    <Card title={t('head.logo')}>
      <div className="os-stack">
        {logo ? (
          <img className="pp-logo" src={`data:${logo.type};base64,${logo.data}`} alt={t('head.logo')} />
        ) : null}
        <p className="os-hint">{t('head.logoHint')}</p>
        {bad ? (
          <p className="os-error" role="alert">
            {t(`head.logo.${bad}`)}
          </p>
        ) : set.error ? (
          <p className="os-error" role="alert">
            {words(set.error)}
          </p>
        ) : null}
        <div className="pp-acts">
          <input
            ref={input}
            className="pp-file"
            type="file"
            accept="image/png,image/jpeg"
            aria-label={t('head.chooseLogo')}
            tabIndex={-1}
            onChange={(event) => {
              void choose(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
          <Button onClick={() => input.current?.click()} loading={set.isPending}>
            {t('head.chooseLogo')}
          </Button>
          {logo ? <Button onClick={() => put(null)}>{t('head.removeLogo')}</Button> : null}
        </div>
      </div>
    </Card>
  )
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
