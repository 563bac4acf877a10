// Nothing else opens the records: the kit's fifteen groups do. What is wrong with them is said group by group.
import { useState } from 'react'
import { KitField, type KitGroups, keysTexts, noGroups } from '#modules/keys/renderer/api.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { isApiError } from '#renderer/api/client.ts'
import { client } from '#renderer/api/hooks.ts'
import { findWhereWeAre } from '#renderer/app/start.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { tellOrShow } from './entering.ts'
import { GateFrame } from './GateFrame.tsx'

const faults = ['length', 'letters', 'mistyped', 'version', 'other'] as const
type Fault = (typeof faults)[number]
interface Wrong {
  readonly fault: Fault | 'mistypedSomewhere'
  readonly groups: readonly number[]
}

export function KitUnlock({ status, onBack }: { status: BootstrapStatus; onBack: () => void }) {
  const t = useTexts(keysTexts)
  const common = useTexts(commonTexts)
  const [groups, setGroups] = useState<KitGroups>(noGroups)
  const [step, setStep] = useState<'idle' | 'busy' | Wrong | { readonly error: string }>('idle')
  const isBusy = step === 'busy'
  const submit = () => {
    if (isBusy) return
    setStep('busy')
    client
      .bootstrap('unlockKit', { kit: groups.join(' ') })
      .then(findWhereWeAre)
      .catch((error: unknown) => {
        const wrong = wrongOf(error)
        if (wrong) setStep(wrong)
        else tellOrShow(error, (words) => setStep({ error: words }))
      })
  }
  const wrong = typeof step === 'object' && 'fault' in step ? step : null
  return (
    <GateFrame
      title={t('unlock.title')}
      text={status.kitId ? t('unlock.expect', { id: status.kitId }) : t('unlock.none')}
      wide
    >
      <Form className="gate-form" onSubmit={submit}>
        <p className="os-dim">{t('unlock.text')}</p>
        <KitField value={groups} onChange={setGroups} wrong={wrong?.groups ?? []} />
        {wrong ? <Notice tone="bad" title={t(`unlock.${wrong.fault}`)} /> : null}
        {typeof step === 'object' && 'error' in step ? <Notice tone="bad" title={step.error} /> : null}
        <div className="gate-actions">
          <Button type="submit" intent="primary" kbd="Enter" disabled={isBusy}>
            {t('unlock.submit')}
          </Button>
          <Button onClick={onBack} disabled={isBusy}>
            {common('act.back')}
          </Button>
          {isBusy ? (
            <span className="gate-wait" role="status">
              <Spinner /> {t('unlock.wait')}
            </span>
          ) : null}
        </div>
      </Form>
    </GateFrame>
  )
}

function wrongOf(error: unknown): Wrong | null {
  if (!isApiError(error) || error.code !== 'WRONG_KIT') return null
  const fault = faults.find((name) => name === error.details.fault) ?? 'mistyped'
  const marked = error.details.groups
  const groups = Array.isArray(marked) ? marked.map((n) => Number(n) - 1) : []
  return { fault: fault === 'mistyped' && groups.length === 0 ? 'mistypedSomewhere' : fault, groups }
}
