// Two pages: the kit to put on paper, then two of its groups typed off that paper. Used at set-up, after a kit was used,
// and for a new one; who hands out the paper and takes the groups differs, what a person sees does not.
import { useState } from 'react'
import type { KitPaperLanguage, KitSheet } from '#shared/bootstrap.ts'
import { isApiError } from '#renderer/api/client.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { saveFile } from '#renderer/api/save-file.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { currentLanguage } from '#renderer/i18n/i18n.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { PasswordField, TextField } from '#ui/TextField.tsx'
import { keysTexts } from './i18n.ts'
import { KitSheetView } from './KitSheetView.tsx'

export interface KitPagesProps {
  readonly sheet: KitSheet
  readonly clinicName: string
  readonly onPaper: (language: KitPaperLanguage) => Promise<{ readonly token: string; readonly name: string }>
  /** Rejects with WRONG_KIT where the groups are not those of the kit. */
  readonly onConfirm: (typed: readonly string[], password: string) => Promise<unknown>
  /** Where more begins with it than that the kit counts: what the last button says, and what stands above the groups. */
  readonly confirmLabel?: string
  readonly confirmText?: string
  readonly asksPassword?: boolean
}

export function KitPages(props: KitPagesProps) {
  const [isOnPaper, setOnPaper] = useState(false)
  return isOnPaper ? (
    <ConfirmPage {...props} onBack={() => setOnPaper(false)} />
  ) : (
    <PaperPage {...props} onNext={() => setOnPaper(true)} />
  )
}

/** What went wrong in words; anything that is no answer of the clinic goes on upwards. */
const wordsOf = (error: unknown): string => {
  if (isApiError(error)) return errorText(error)
  throw error
}

function PaperPage({ sheet, clinicName, onPaper, onNext }: KitPagesProps & { onNext: () => void }) {
  const t = useTexts(keysTexts)
  const [language, setLanguage] = useState<KitPaperLanguage>(currentLanguage())
  const [saving, setSaving] = useState<'idle' | 'busy' | 'saved' | { readonly error: string }>('idle')
  const save = () => {
    setSaving('busy')
    onPaper(language)
      .then((file) => {
        saveFile(file)
        setSaving('saved')
      })
      .catch((error: unknown) => setSaving({ error: wordsOf(error) }))
  }
  return (
    <div className="kit-page">
      <p>{t('kit.intro')}</p>
      <KitSheetView sheet={sheet} clinicName={clinicName} />
      <p>
        <b>{t('kit.two')}</b>
      </p>
      <RadioRow<KitPaperLanguage>
        label={t('kit.language')}
        value={language}
        onChange={setLanguage}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'ar', label: 'العربية' },
        ]}
      />
      <div className="kit-actions">
        <Button onClick={() => window.print()}>{t('kit.print')}</Button>
        <Button onClick={save} loading={saving === 'busy'}>
          {t('kit.save')}
        </Button>
        <Button intent="primary" onClick={onNext}>
          {t('kit.next')}
        </Button>
      </div>
      {saving === 'saved' ? <Notice tone="warn" title={t('kit.saved')} /> : null}
      {typeof saving === 'object' ? <Notice tone="bad" title={saving.error} /> : null}
    </div>
  )
}

function ConfirmPage(props: KitPagesProps & { onBack: () => void }) {
  const { sheet, onConfirm, onBack, asksPassword = false } = props
  const t = useTexts(keysTexts)
  const [typed, setTyped] = useState<readonly string[]>(sheet.ask.map(() => ''))
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<'idle' | 'busy' | { readonly error: string }>('idle')
  const submit = () => {
    if (step === 'busy' || typed.some((group) => group.trim() === '')) return
    if (asksPassword && password === '') return
    setStep('busy')
    onConfirm(typed, password).catch((error: unknown) => {
      const isWrong = isApiError(error) && error.code === 'WRONG_KIT'
      setStep({ error: isWrong ? t('kit.wrong') : wordsOf(error) })
    })
  }
  return (
    <Form className="kit-page" onSubmit={submit}>
      <h2>{t('kit.confirmTitle')}</h2>
      <p className="os-dim">{t('kit.confirmText')}</p>
      {props.confirmText ? <p>{props.confirmText}</p> : null}
      <div className="kit-asked">
        {sheet.ask.map((at, i) => (
          <TextField
            key={at}
            label={t('kit.group', { n: at + 1 })}
            value={typed[i] ?? ''}
            onChange={(text) => setTyped((former) => former.with(i, text))}
            dir="ltr"
            maxLength={12}
            autoFocus={i === 0}
          />
        ))}
      </div>
      {asksPassword ? (
        <PasswordField
          label={t('renew.password')}
          hint={t('renew.passwordHint')}
          value={password}
          onChange={setPassword}
        />
      ) : null}
      {typeof step === 'object' ? <Notice tone="bad" title={step.error} /> : null}
      <div className="kit-actions">
        <Button type="submit" intent="primary" kbd="Enter" loading={step === 'busy'}>
          {props.confirmLabel ?? t('kit.confirm')}
        </Button>
        <Button onClick={onBack}>{t('kit.again')}</Button>
      </div>
    </Form>
  )
}
