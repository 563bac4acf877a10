// A file for somebody who helps from afar: read first, saved then. Nothing about patients is in it.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import type { OutputOf } from '#shared/contract.ts'
import { clinic } from '../shared/contract.ts'
import { clinicTexts } from './i18n.ts'

type SupportFile = OutputOf<(typeof clinic)['procedures']['supportFile']>

export function SupportCard() {
  const t = useTexts(clinicTexts)
  const errorText = useErrorText()
  const [file, setFile] = useState<SupportFile | null>(null)
  const make = useAct(clinic, 'supportFile', { onDone: setFile })
  return (
    <Card title={t('support.title')}>
      <p className="health-support">{t('support.text')}</p>
      <Button onClick={() => make.start({})} loading={make.isPending}>
        {t('support.make')}
      </Button>
      {make.error ? (
        <p className="os-error" role="alert">
          {errorText(make.error)}
        </p>
      ) : null}
      {file ? <Preview file={file} onClose={() => setFile(null)} /> : null}
    </Card>
  )
}

function Preview({ file, onClose }: { file: SupportFile; onClose: () => void }) {
  const t = useTexts(clinicTexts)
  const save = () => {
    saveFile(file)
    onClose()
  }
  return (
    <Dialog
      title={t('support.preview')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      submitLabel={t('support.save')}
      width="wide"
    >
      <p>{t('support.read')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key (WCAG 2.1.1) */}
      <section className="health-file" dir="ltr" tabIndex={0} aria-label={t('support.preview')}>
        <pre>{file.text}</pre>
      </section>
    </Dialog>
  )
}
