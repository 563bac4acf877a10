// A copy of a whole record: for whom and why, then the work, then one file to save.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Progress } from '#ui/Marks.tsx'
import { Checkbox, RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { privacy } from '../shared/contract.ts'
import { usePrivacyWords } from './words.tsx'

interface CopyDialogProps {
  readonly patientId: PatientId
  readonly requestId: string | null
  readonly onClose: () => void
}

export function CopyDialog({ patientId, requestId, onClose }: CopyDialogProps) {
  const { t, f } = usePrivacyWords()
  const errorWords = useErrorText()
  const [recipientKind, setKind] = useState<'patient' | 'other'>('patient')
  const [recipient, setRecipient] = useState('')
  const [address, setAddress] = useState('')
  const [purpose, setPurpose] = useState('')
  const [consent, setConsent] = useState(false)
  const [language, setLanguage] = useState<'en' | 'ar'>(f.locale.startsWith('ar') ? 'ar' : 'en')
  const [wasTried, setTried] = useState(false)
  const [id, setId] = useState<string | null>(null)
  const start = useAct(privacy, 'exportRecord', { onDone: (state) => setId(state.id) })
  if (id !== null) return <CopyProgress patientId={patientId} id={id} onClose={onClose} />
  const who = recipientKind === 'patient' ? t('copy.patient') : recipient
  const go = () => {
    setTried(true)
    if (who.trim() === '' || purpose.trim().length < 3) return
    start.start({ patientId, requestId, recipientKind, recipient: who, address, purpose, consent, language })
  }
  return (
    <Dialog
      title={t('copy.title')}
      isOpen
      onClose={onClose}
      onSubmit={go}
      submitLabel={t('copy.make')}
      isBusy={start.isPending}
      error={start.error ? errorWords(start.error) : null}
    >
      <p className="os-dim">{t('copy.hint')}</p>
      <RadioRow
        label={t('copy.who')}
        value={recipientKind}
        onChange={setKind}
        choices={[
          { value: 'patient', label: t('copy.patient') },
          { value: 'other', label: t('copy.other') },
        ]}
      />
      {recipientKind === 'other' ? (
        <>
          <TextField
            label={t('copy.recipient')}
            value={recipient}
            onChange={setRecipient}
            error={wasTried && recipient.trim() === '' ? t('need.text') : undefined}
            maxLength={300}
          />
          <TextField label={t('copy.address')} value={address} onChange={setAddress} maxLength={500} />
          <Checkbox checked={consent} onChange={setConsent}>
            {t('copy.consent')}
          </Checkbox>
        </>
      ) : null}
      <TextField
        label={t('copy.purpose')}
        value={purpose}
        onChange={setPurpose}
        error={wasTried && purpose.trim().length < 3 ? t('need.text') : undefined}
        maxLength={300}
      />
      <RadioRow
        label={t('copy.language')}
        value={language}
        onChange={setLanguage}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'ar', label: 'العربية' },
        ]}
      />
    </Dialog>
  )
}

function CopyProgress({ patientId, id, onClose }: { patientId: PatientId; id: string; onClose: () => void }) {
  const { t, f } = usePrivacyWords()
  const errorWords = useErrorText()
  const state = useRead(privacy, 'exportState', { patientId, id })
  const fetch = useAct(privacy, 'fetchExport', {
    onDone: (file) => {
      saveFile(file)
      onClose()
    },
  })
  const found = state.data
  const isReady = found?.state === 'ready'
  return (
    <Dialog
      title={t('copy.title')}
      isOpen
      onClose={onClose}
      error={fetch.error ? errorWords(fetch.error) : null}
      actions={
        <>
          <Button onClick={onClose} kbd="Escape">
            {t('breach.close')}
          </Button>
          <Button
            intent="primary"
            disabled={!isReady}
            loading={fetch.isPending}
            onClick={() => fetch.start({ patientId, id })}
          >
            {t('copy.fetch')}
          </Button>
        </>
      }
    >
      {found?.state === 'failed' ? <Notice tone="bad" title={t('copy.failed')} /> : null}
      {found && found.state === 'running' ? (
        <Progress
          label={t('copy.making', { done: f.number(found.done), total: f.number(found.total) })}
          value={found.total === 0 ? undefined : found.done / found.total}
        />
      ) : null}
      {isReady ? (
        <Notice tone="ok" title={t('copy.ready', { size: f.bytes(found.bytes) })}>
          {found.withheld > 0 ? t('copy.withheld', { count: found.withheld }) : null}
        </Notice>
      ) : null}
    </Dialog>
  )
}
