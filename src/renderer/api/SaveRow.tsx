// The end of a form that saves: what went wrong, and the button. Somebody else's later version is told as a conflict.
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'
import type { ApiError } from './client.ts'
import { useErrorText } from './error-text.ts'

export interface SaveRowProps {
  readonly act: { readonly isPending: boolean; readonly error: ApiError | null }
  readonly label?: string
  /** Takes the later version over after a conflict. */
  readonly reload?: { readonly label: string; readonly run: () => void }
}

export function SaveRow({ act, label, reload }: SaveRowProps) {
  const t = useTexts(commonTexts)
  const words = useErrorText()
  return (
    <>
      {act.error ? (
        <Notice tone="bad" title={words(act.error)}>
          {reload && act.error.code === 'CONFLICT' ? (
            <Button small onClick={reload.run}>
              {reload.label}
            </Button>
          ) : null}
        </Notice>
      ) : null}
      <div>
        <Button type="submit" intent="primary" kbd="Enter" loading={act.isPending}>
          {label ?? t('act.save')}
        </Button>
      </div>
    </>
  )
}
