// The records are open, and before anybody works in them their recovery kit goes onto paper.
import { useEffect, useState } from 'react'
import { KitPages, keysTexts } from '#modules/keys/renderer/api.ts'
import type { BootstrapStatus, KitSheet } from '#shared/bootstrap.ts'
import { client } from '#renderer/api/hooks.ts'
import { findWhereWeAre } from '#renderer/app/start.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Skeleton } from '#ui/States.tsx'
import { GateFrame } from './GateFrame.tsx'

export function KitGate({ status }: { status: BootstrapStatus }) {
  const t = useTexts(keysTexts)
  const [sheet, setSheet] = useState<KitSheet | null>(null)
  useEffect(() => {
    let isGone = false
    client.bootstrap('kitSheet', {}).then(
      (found) => isGone || setSheet(found as KitSheet),
      () => isGone || void findWhereWeAre(),
    )
    return () => {
      isGone = true
    }
  }, [])
  const isSetUp = status.kitFor === 'set-up'
  return (
    <GateFrame
      title={isSetUp ? t('kit.setUp') : t('kit.used')}
      text={isSetUp ? undefined : t('kit.usedText')}
      wide
    >
      {sheet ? (
        <KitPages
          sheet={sheet}
          clinicName={status.clinicName ?? ''}
          onPaper={async (language) =>
            (await client.bootstrap('kitPaper', { language })) as { token: string; name: string }
          }
          onConfirm={async (typed) => {
            await client.bootstrap('confirmKit', { typed })
            await findWhereWeAre()
          }}
        />
      ) : (
        <Skeleton lines={8} />
      )}
    </GateFrame>
  )
}
