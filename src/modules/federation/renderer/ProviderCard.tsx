// The sign-in service: where it is, what it must say, the kept secret (which goes in and never comes out).
import { useState } from 'react'
import { useAct } from '#renderer/api/hooks.ts'
import { SaveRow } from '#renderer/api/SaveRow.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { PasswordField, TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { algorithms, federation, type Provider } from '../shared/contract.ts'
import { isIssuer, isPlainWord } from '../shared/rules.ts'
import { federationTexts } from './i18n.ts'
import { TestService } from './TestService.tsx'

interface Typed {
  readonly enabled: boolean
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly secret: string
  readonly dropSecret: boolean
  readonly acr: string
  readonly amr: string
  readonly algorithms: readonly (typeof algorithms)[number][]
  readonly assumePkce: boolean
}

const typedFrom = (from: Provider): Typed => ({
  enabled: from.enabled,
  name: from.name,
  issuer: from.issuer,
  clientId: from.clientId,
  secret: '',
  dropSecret: false,
  acr: from.acrValues.join(' '),
  amr: from.amrValues.join(' '),
  algorithms: from.algorithms,
  assumePkce: from.assumePkce,
})

const listOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')
const isList = (text: string): boolean => listOf(text).length <= 10 && listOf(text).every(isPlainWord)

export function ProviderCard({ latest }: { latest: Provider }) {
  const t = useTexts(federationTexts)
  const common = useTexts(commonTexts)
  // As it was when the form was opened: a change from elsewhere is told as a conflict and overwrites nothing typed.
  const [start, setStart] = useState(latest)
  const [typed, setTyped] = useState(() => typedFrom(latest))
  const [wasTried, setTried] = useState(false)
  const set = (changes: Partial<Typed>) => setTyped((now) => ({ ...now, ...changes }))
  const takeOver = (next: Provider) => {
    setStart(next)
    setTyped(typedFrom(next))
    setTried(false)
  }
  const save = useAct(federation, 'saveProvider', {
    onDone: (next) => {
      takeOver(next)
      showToast({ text: t('setup.saved') })
    },
  })
  const faults = {
    name: typed.name.trim() === '' ? common('word.required') : undefined,
    issuer: isIssuer(typed.issuer.trim()) ? undefined : t('setup.issuerBad'),
    clientId: isPlainWord(typed.clientId.trim()) ? undefined : common('word.required'),
    amr: !isList(typed.amr)
      ? t('setup.listBad')
      : listOf(typed.amr + typed.acr).length === 0
        ? t('setup.assuranceBad')
        : undefined,
    acr: isList(typed.acr) ? undefined : t('setup.listBad'),
    algorithms: typed.algorithms.length === 0 ? t('setup.algorithmsBad') : undefined,
  }
  const fault = (name: keyof typeof faults) => (wasTried ? faults[name] : undefined)
  const submit = () => {
    setTried(true)
    if (save.isPending || Object.values(faults).some(Boolean)) return
    save.start({
      rev: start.rev,
      enabled: typed.enabled,
      name: typed.name.trim(),
      issuer: typed.issuer.trim(),
      clientId: typed.clientId.trim(),
      acrValues: listOf(typed.acr),
      amrValues: listOf(typed.amr),
      algorithms: [...typed.algorithms],
      assumePkce: typed.assumePkce,
      ...(typed.secret !== '' ? { secret: typed.secret } : typed.dropSecret ? { secret: null } : {}),
    })
  }
  return (
    <Card
      title={t('setup.title')}
      meta={<Tag tone={start.enabled ? 'ok' : 'neutral'}>{t(start.enabled ? 'setup.on' : 'setup.off')}</Tag>}
    >
      <p className="fed-intro">{t('setup.text')}</p>
      <Form onSubmit={submit} label={t('setup.title')}>
        <Checkbox
          checked={typed.enabled}
          onChange={(enabled) => set({ enabled })}
          hint={t('setup.enabledHint')}
        >
          {t('setup.enabled')}
        </Checkbox>
        <TextField
          label={t('setup.name')}
          value={typed.name}
          onChange={(name) => set({ name })}
          error={fault('name')}
          maxLength={60}
        />
        <TextField
          label={t('setup.issuer')}
          hint={t('setup.issuerHint')}
          value={typed.issuer}
          onChange={(issuer) => set({ issuer })}
          error={fault('issuer')}
          dir="ltr"
          placeholder="https://login.example.org"
          maxLength={300}
        />
        <TextField
          label={t('setup.clientId')}
          value={typed.clientId}
          onChange={(clientId) => set({ clientId })}
          error={fault('clientId')}
          dir="ltr"
          maxLength={300}
        />
        <PasswordField
          label={t('setup.secret')}
          optional
          hint={t(start.secretSet ? 'setup.secretSet' : 'setup.secretNone')}
          value={typed.secret}
          onChange={(secret) => set({ secret })}
          purpose="new-password"
        />
        {start.secretSet && typed.secret === '' ? (
          <Checkbox checked={typed.dropSecret} onChange={(dropSecret) => set({ dropSecret })}>
            {t('setup.secretDrop')}
          </Checkbox>
        ) : null}
        <div className="os-field">
          <div className="os-label">{t('setup.redirect')}</div>
          {start.redirectAddress ? (
            <code className="fed-address" dir="ltr">
              {start.redirectAddress}
            </code>
          ) : (
            <p>{t('setup.redirectLater')}</p>
          )}
          <div className="os-hint">{t('setup.redirectHint')}</div>
        </div>
        <fieldset className="os-fieldset os-field">
          <legend className="os-label">{t('setup.assurance')}</legend>
          <TextField
            label={t('setup.amr')}
            hint={t('setup.amrHint')}
            value={typed.amr}
            onChange={(amr) => set({ amr })}
            error={fault('amr')}
            dir="ltr"
          />
          <TextField
            label={t('setup.acr')}
            optional
            hint={t('setup.acrHint')}
            value={typed.acr}
            onChange={(acr) => set({ acr })}
            error={fault('acr')}
            dir="ltr"
          />
        </fieldset>
        <fieldset className="os-fieldset os-field">
          <legend className="os-label">{t('setup.algorithms')}</legend>
          <div className="fed-checks">
            {algorithms.map((name) => (
              <Checkbox
                key={name}
                checked={typed.algorithms.includes(name)}
                onChange={(isOn) =>
                  set({
                    algorithms: algorithms.filter((a) => (a === name ? isOn : typed.algorithms.includes(a))),
                  })
                }
              >
                <bdi dir="ltr">{name}</bdi>
              </Checkbox>
            ))}
          </div>
          {fault('algorithms') ? (
            <div className="os-error" role="alert">
              {fault('algorithms')}
            </div>
          ) : null}
        </fieldset>
        <Checkbox
          checked={typed.assumePkce}
          onChange={(assumePkce) => set({ assumePkce })}
          hint={t('setup.pkceHint')}
        >
          {t('setup.pkce')}
        </Checkbox>
        <SaveRow
          act={save}
          label={t('setup.save')}
          reload={{ label: common('act.retry'), run: () => takeOver(latest) }}
        />
      </Form>
      {start.rev > 0 ? <TestService /> : null}
    </Card>
  )
}
