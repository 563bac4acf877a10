// The clinic is closed for a moment while its database gets a new key: how far it is, and back to sign-in afterwards.
import { useEffect, useState } from 'react'
import { keysTexts } from '#modules/keys/renderer/api.ts'
import { type BootstrapStatus, rotationSteps } from '#shared/bootstrap.ts'
import { client } from '#renderer/api/hooks.ts'
import { findWhereWeAre } from '#renderer/app/start.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Progress } from '#ui/Marks.tsx'
import { GateFrame } from './GateFrame.tsx'

const everyMs = 500

export function RotatingGate({ status }: { status: BootstrapStatus }) {
  const t = useTexts(keysTexts)
  const [step, setStep] = useState(status.step ?? rotationSteps[0])
  const [startedAt] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      client.status().then(
        (now) => {
          if (now.step) setStep(now.step)
          // The first look may come before the clinic has begun to close.
          else if (now.state !== 'open' || Date.now() - startedAt > everyMs) void findWhereWeAre()
        },
        // A long copy answers nobody; the next look will.
        () => undefined,
      )
    }, everyMs)
    return () => clearInterval(timer)
  }, [startedAt])
  const n = rotationSteps.indexOf(step) + 1
  return (
    <GateFrame title={t('rotating.title')} text={t('rotating.text')}>
      <p role="status">{t(`rotating.${step}`)}</p>
      <Progress
        label={t('rotating.label', { n, of: rotationSteps.length })}
        value={n}
        max={rotationSteps.length}
      />
    </GateFrame>
  )
}
