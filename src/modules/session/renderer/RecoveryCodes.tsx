// Ten codes for paper, shown once. Leaving forgets them; they are kept nowhere in the window.
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { signInTexts } from './i18n.ts'
import { printSheet } from './print-sheet.ts'

export interface RecoveryCodesProps {
  readonly codes: readonly string[]
  /** Whose they are, for the paper. */
  readonly name: string
  readonly onKept: () => void
}

export function RecoveryCodes({ codes, name, onKept }: RecoveryCodesProps) {
  const t = useTexts(signInTexts)
  const print = () => printSheet(t('codes.sheet', { name }), codes, t('codes.once'))
  return (
    <div className="gate-form">
      <Notice tone="warn" title={t('codes.title')}>
        {t('codes.text')}
      </Notice>
      <ol className="factor-codes" dir="ltr" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="gate-actions">
        <Button onClick={print}>{t('codes.print')}</Button>
        <Button intent="primary" onClick={onKept} autoFocus>
          {t('codes.kept')}
        </Button>
      </div>
    </div>
  )
}
