// A one-time code, shown once. Closing forgets it; it is kept nowhere in the window.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import type { NewCode } from './AddPersonDialog.tsx'
import { peopleTexts } from './i18n.ts'

export function CodeDialog({ code, onClose }: { code: NewCode; onClose: () => void }) {
  const t = useTexts(peopleTexts)
  const { instant } = useFormats()
  const actions = (
    <>
      <Button onClick={() => window.print()}>{t('code.print')}</Button>
      <Button intent="primary" onClick={onClose} autoFocus>
        {t('code.done')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('code.title', { name: code.person.name })} isOpen onClose={onClose} actions={actions}>
      <Notice tone="warn" title={t('code.once')} />
      <div className="people-code">
        <span>
          <b dir="auto">{code.person.name}</b> · <span dir="ltr">{code.person.username}</span>
        </span>
        <output data-testid="one-time-code">{code.code}</output>
        <span className="os-dim">{t('code.expires', { time: instant(code.expiresAt) })}</span>
        <span className="os-dim">{t('code.how')}</span>
      </div>
    </Dialog>
  )
}
