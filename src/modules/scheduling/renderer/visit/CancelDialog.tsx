// Cancelling asks why; one key answers. Of a series, this visit alone, unless told otherwise. Then the free time is
// offered to whoever of the waiting fits best.
import { type KeyboardEvent, useState } from 'react'
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type Appointment, cancelCodes } from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'
import { momentWords, useWords } from '../use-words.ts'
import { type CancelCode, cancelSeries, cancelVisit, type KnownVisit } from '../visit-acts.ts'

export type Scope = 'this' | 'following' | 'all'

export interface CancelDialogProps {
  readonly visit: KnownVisit
  readonly onClose: () => void
  /** The time of this one is free now. */
  readonly onCancelled: (cancelled: Appointment) => void
}

export function CancelDialog({ visit, onClose, onCancelled }: CancelDialogProps) {
  const words = useWords()
  const { t } = words
  const errorWords = useErrorText()
  const [scope, setScope] = useState<Scope>('this')
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const cancel = (code: CancelCode) => {
    if (isBusy) return
    setBusy(true)
    const act = scope === 'this' ? cancelVisit(visit, code, text) : cancelSeries(visit, scope, code, text)
    act
      .then((cancelled) => {
        onClose()
        onCancelled(cancelled)
      })
      .catch((failed: unknown) => {
        if (!isApiError(failed)) throw failed
        setError(failed)
        setBusy(false)
      })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text'
    const digit = /^Digit([1-9])$/.exec(event.code)
    const code = cancelCodes[Number(digit?.[1]) - 1]
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !code) return
    event.preventDefault()
    cancel(code)
  }
  return (
    <Dialog
      title={t('cancel.title', { name: visit.patientName ?? '' })}
      isOpen
      onClose={onClose}
      closeLabel={t('cancel.keep')}
      error={error ? errorWords(error) : null}
    >
      {/* Only hears the keys of the buttons inside. */}
      <div className="os-stack" role="presentation" onKeyDown={onKeyDown}>
        <p className="os-dim">{momentWords(visit, words)}</p>
        {visit.seriesId ? <ScopeChoice value={scope} onChange={setScope} /> : null}
        <div className="sc-reasons" role="group" aria-label={t('cancel.why')}>
          <span className="os-label">{t('cancel.why')}</span>
          {cancelCodes.map((code, n) => (
            <ReasonButton key={code} isFirst={n === 0} digit={String(n + 1)} onClick={() => cancel(code)}>
              {t(`cancel.${code}`)}
            </ReasonButton>
          ))}
        </div>
        <TextField
          label={t('cancel.note')}
          optional
          value={text}
          onChange={setText}
          maxLength={300}
          hint={t('cancel.noteHint')}
        />
      </div>
    </Dialog>
  )
}

function ReasonButton(props: { isFirst: boolean; digit: string; onClick: () => void; children: string }) {
  return (
    <Button fill autoFocus={props.isFirst} kbd={props.digit} onClick={props.onClick} className="sc-reason">
      {props.children}
    </Button>
  )
}

export function ScopeChoice({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const t = useTexts(schedulingTexts)
  return (
    <RadioRow
      label={t('scope.label')}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'this', label: t('scope.this') },
        { value: 'following', label: t('scope.following') },
        { value: 'all', label: t('scope.all') },
      ]}
    />
  )
}
