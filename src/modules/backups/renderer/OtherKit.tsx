// After a new kit: which backups still need an older one, the offer to seal them anew, and how that went.
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { backups, type Overview } from '../shared/contract.ts'
import { useBackupWords } from './words.ts'

export function OtherKit({ overview }: { overview: Overview }) {
  const { t, problem } = useBackupWords()
  const f = useFormats()
  const may = useMay()
  const words = useErrorText()
  const reseal = useAct(backups, 'reseal', { onDone: () => showToast({ text: t('reseal.started') }) })
  const { otherKit, lastReseal, running } = overview
  const here = otherKit?.here ?? 0
  const locked = otherKit?.locked ?? 0
  const kits = f.list((otherKit?.kits ?? []).map(inOnePiece))
  return (
    <>
      {here > 0 ? (
        <Notice tone="warn" title={t('reseal.title', { count: here })}>
          <p className="bak-text">{t(kits === '' ? 'reseal.textNoKit' : 'reseal.text', { kits })}</p>
          {may('backups.M') ? (
            <Button
              small
              onClick={() => reseal.start({})}
              loading={reseal.isPending}
              disabled={running !== null}
            >
              {t('reseal.start')}
            </Button>
          ) : null}
        </Notice>
      ) : null}
      {reseal.error ? <Notice tone="bad" title={words(reseal.error)} /> : null}
      {locked > 0 ? <Notice tone="info" title={t('reseal.locked', { count: locked, kits })} /> : null}
      {lastReseal && running === null ? (
        <div className="bak-state" aria-live="polite">
          {lastReseal.done > 0 ? (
            <Notice tone="ok" title={t('reseal.done', { count: lastReseal.done })} />
          ) : null}
          {lastReseal.failed > 0 ? (
            <Notice
              tone="bad"
              title={t('reseal.failed', { count: lastReseal.failed, why: problem(lastReseal.problem) })}
            >
              {t('reseal.failedText')}
            </Notice>
          ) : null}
        </div>
      ) : null}
    </>
  )
}

/** Read from left to right, and on one line, whatever stands around it. */
const inOnePiece = (kit: string): string => `\u2066${kit.replaceAll('-', '\u2011')}\u2069`
