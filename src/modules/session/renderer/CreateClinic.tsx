// Making a clinic: its name and place, and the first person. One page, everything that can be guessed is filled in.
import { useState } from 'react'
import { client } from '#renderer/api/hooks.ts'
import { localeFor, type Region, RegionFields } from '#renderer/app/RegionFields.tsx'
import { findWhereWeAre } from '#renderer/app/start.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { currentLanguage } from '#renderer/i18n/i18n.ts'
import { guessRegion } from '#renderer/i18n/regions.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { passwordLimits } from '#shared/password-rules.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { Username } from '../shared/contract.ts'
import { tellOrShow } from './entering.ts'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'
import { NewPasswordField, newPasswordFault } from './NewPasswordField.tsx'
import { suggestUsername } from '#shared/username.ts'

interface Draft {
  readonly clinicName: string
  readonly region: Region
  readonly name: string
  /** `null` follows the name until somebody types here. */
  readonly username: string | null
  readonly password: string
  readonly isDoctor: boolean
}

function emptyDraft(): Draft {
  const guess = guessRegion()
  const region = { ...guess, locale: localeFor(currentLanguage(), guess.country) }
  return { clinicName: '', region, name: '', username: null, password: '', isDoctor: true }
}

export interface CreateClinicProps {
  readonly status: BootstrapStatus
  readonly onBack: () => void
}

export function CreateClinic({ status, onBack }: CreateClinicProps) {
  const t = useTexts(sessionTexts)
  const common = useTexts(commonTexts)
  const [draft, setDraft] = useState(emptyDraft)
  const [isTried, setTried] = useState(false)
  const [busy, setBusy] = useState<'idle' | 'busy' | { readonly error: string }>('idle')
  const change = (part: Partial<Draft>) => setDraft((former) => ({ ...former, ...part }))
  const username = draft.username ?? suggestUsername(draft.name)
  const names = [draft.name, username, draft.clinicName]
  const missing = {
    clinicName: draft.clinicName.trim() === '',
    name: draft.name.trim() === '',
    username: !Username.safeParse(username).success,
    password: newPasswordFault(draft.password, status.passwordOnly, names) !== null,
  }
  const needed = (part: keyof typeof missing) =>
    isTried && missing[part] ? common('word.required') : undefined
  const submit = () => {
    setTried(true)
    if (Object.values(missing).some(Boolean) || busy === 'busy') return
    setBusy('busy')
    const { clinicName, region, name, password, isDoctor } = draft
    client
      .bootstrap('create', { clinicName, ...region, admin: { name, username, password, isDoctor } })
      .then(findWhereWeAre)
      .catch((error: unknown) => tellOrShow(error, (words) => setBusy({ error: words })))
  }
  return (
    <GateFrame title={t('create.title')} wide>
      <Form className="gate-form" onSubmit={submit}>
        <div className="gate-columns">
          <section>
            <h2>{t('create.clinic')}</h2>
            <TextField
              label={t('create.name')}
              hint={t('create.nameHint')}
              value={draft.clinicName}
              onChange={(clinicName) => change({ clinicName })}
              error={needed('clinicName')}
              maxLength={200}
              autoFocus
            />
            <RegionFields value={draft.region} onChange={(region) => change({ region })} follow />
          </section>
          <section>
            <h2>{t('create.you')}</h2>
            <TextField
              label={t('create.yourName')}
              hint={t('create.yourNameHint')}
              value={draft.name}
              onChange={(name) => change({ name })}
              error={needed('name')}
              autoComplete="name"
              maxLength={200}
            />
            <TextField
              label={t('create.username')}
              hint={t('create.usernameHint')}
              value={username}
              onChange={(text) => change({ username: text })}
              error={needed('username')}
              dir="ltr"
              autoComplete="username"
              maxLength={64}
            />
            <NewPasswordField
              value={draft.password}
              onChange={(password) => change({ password })}
              passwordOnly={status.passwordOnly}
              names={names}
              showFault={isTried}
              error={isTried && draft.password === '' ? common('word.required') : undefined}
            />
            <Checkbox
              checked={draft.isDoctor}
              onChange={(isDoctor) => change({ isDoctor })}
              hint={t('create.isDoctorHint')}
            >
              {t('create.isDoctor')}
            </Checkbox>
          </section>
        </div>
        {status.passwordOnly ? (
          <Notice tone="warn" title={t('create.noKeychain')}>
            {t('create.noKeychainText', { minimum: passwordLimits.minimumPasswordOnly })}
          </Notice>
        ) : null}
        {typeof busy === 'object' ? <Notice tone="bad" title={busy.error} /> : null}
        <div className="gate-actions">
          <Button type="submit" intent="primary" kbd="Enter" disabled={busy === 'busy'}>
            {t('create.submit')}
          </Button>
          <Button onClick={onBack} disabled={busy === 'busy'}>
            {common('act.back')}
          </Button>
          {busy === 'busy' ? (
            <span className="gate-wait" role="status">
              <Spinner /> {t('create.wait')}
            </span>
          ) : null}
        </div>
      </Form>
    </GateFrame>
  )
}
