// The account at the mail server. The password goes in and never comes out; errors stand beside their fields.
import { useState } from 'react'
import { useAct } from '#renderer/api/hooks.ts'
import { SaveRow } from '#renderer/api/SaveRow.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Checkbox, SelectField } from '#ui/SelectField.tsx'
import { PasswordField, TextAreaField, TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { isHostName, isLoopbackHost, isMailAddress } from '../shared/address.ts'
import { type MailAccount, reminders, tlsModes } from '../shared/contract.ts'
import { remindersTexts } from './i18n.ts'
import { TestMail } from './TestMail.tsx'
import { useFormStart } from './use-form-start.ts'

const usualPort = { starttls: 587, implicit: 465, none: 25 } as const

export function MailCard({ account }: { account: MailAccount }) {
  const t = useTexts(remindersTexts)
  const common = useTexts(commonTexts)
  const { start, values, set, takeOver } = useFormStart(account)
  const [port, setPort] = useState(String(account.port))
  const [password, setPassword] = useState('')
  const [wasTried, setTried] = useState(false)
  const save = useAct(reminders, 'saveMail', {
    onDone: (next) => {
      takeOver(next)
      setPassword('')
      setTried(false)
      showToast({ text: t('mail.saved') })
    },
  })
  const keepsPassword = start.passwordSet && start.host === values.host && start.userName === values.userName
  const needsPassword = (values.userName ?? '') !== '' && password === '' && !keepsPassword
  const faults = faultsOf(values, port, needsPassword)
  const fault = (field: keyof typeof faults) => (wasTried && faults[field] ? t(faults[field]) : undefined)
  const submit = () => {
    setTried(true)
    if (save.isPending || Object.values(faults).some(Boolean)) return
    const { passwordSet: _, ...rest } = values
    save.start({
      ...rest,
      rev: start.rev,
      port: Number(port),
      userName: rest.userName?.trim() || null,
      replyTo: rest.replyTo?.trim() || null,
      caPem: rest.caPem?.trim() || null,
      ...(password === '' ? {} : { password }),
    })
  }
  return (
    <Card
      title={t('mail.title')}
      meta={
        <Tag tone={start.enabled ? 'ok' : 'neutral'}>
          {t(start.enabled ? 'mail.state.on' : 'mail.state.off')}
        </Tag>
      }
    >
      <Form onSubmit={submit} label={t('mail.title')}>
        <Checkbox
          checked={values.enabled}
          onChange={(enabled) => set({ enabled })}
          hint={t('mail.enabledHint')}
        >
          {t('mail.enabled')}
        </Checkbox>
        <div className="rem-pair">
          <TextField
            label={t('mail.host')}
            value={values.host}
            onChange={(host) => set({ host })}
            error={fault('host')}
            dir="ltr"
            placeholder="mail.example.org"
            autoFocus
          />
          <TextField
            label={t('mail.port')}
            value={port}
            onChange={setPort}
            error={fault('port')}
            inputMode="numeric"
            dir="ltr"
            maxLength={5}
            className="rem-port"
          />
        </div>
        <SelectField
          label={t('mail.tls')}
          value={values.tls}
          onChange={(tls) => {
            // The usual port follows the choice unless somebody wrote another one.
            if (port === String(usualPort[values.tls])) setPort(String(usualPort[tls]))
            set({ tls })
          }}
          error={fault('tls')}
          choices={tlsModes.map((value) => ({ value, label: t(`mail.tls.${value}`) }))}
        />
        <div className="rem-pair">
          <TextField
            label={t('mail.user')}
            optional
            value={values.userName ?? ''}
            onChange={(userName) => set({ userName: userName || null })}
            dir="ltr"
            maxLength={200}
          />
          <PasswordField
            label={t('mail.password')}
            value={password}
            onChange={setPassword}
            purpose="new-password"
            error={fault('password')}
            hint={t(keepsPassword ? 'mail.passwordSet' : 'mail.passwordNone')}
          />
        </div>
        <div className="rem-pair">
          <TextField
            label={t('mail.fromName')}
            value={values.fromName}
            onChange={(fromName) => set({ fromName })}
            error={wasTried && faults.fromName ? common('word.required') : undefined}
            maxLength={100}
          />
          <TextField
            label={t('mail.fromAddress')}
            value={values.fromAddress}
            onChange={(fromAddress) => set({ fromAddress })}
            error={fault('fromAddress')}
            type="email"
            dir="ltr"
          />
        </div>
        <TextField
          label={t('mail.replyTo')}
          optional
          value={values.replyTo ?? ''}
          onChange={(replyTo) => set({ replyTo: replyTo || null })}
          error={fault('replyTo')}
          type="email"
          dir="ltr"
        />
        <details open={values.caPem !== null || Boolean(fault('caPem'))}>
          <summary className="rem-summary">{t('mail.more')}</summary>
          <TextAreaField
            label={t('mail.ca')}
            optional
            hint={t('mail.caHint')}
            value={values.caPem ?? ''}
            onChange={(caPem) => set({ caPem: caPem || null })}
            error={fault('caPem')}
            rows={4}
          />
        </details>
        <SaveRow
          act={save}
          reload={{
            label: t('mail.reload'),
            run: () => {
              takeOver()
              setPort(String(account.port))
              save.reset()
            },
          }}
        />
      </Form>
      <TestMail canSend={start.rev > 0} />
    </Card>
  )
}

function faultsOf(values: MailAccount, port: string, needsPassword: boolean) {
  const n = Number(port)
  return {
    host: isHostName(values.host.trim()) ? undefined : ('mail.hostBad' as const),
    port: Number.isInteger(n) && n >= 1 && n <= 65_535 ? undefined : ('mail.portBad' as const),
    tls: values.tls === 'none' && !isLoopbackHost(values.host.trim()) ? ('mail.tlsBad' as const) : undefined,
    password: needsPassword ? ('mail.passwordNeeded' as const) : undefined,
    fromName: values.fromName.trim() === '' ? ('mail.addressBad' as const) : undefined,
    fromAddress: isMailAddress(values.fromAddress.trim()) ? undefined : ('mail.addressBad' as const),
    replyTo:
      values.replyTo === null || isMailAddress(values.replyTo.trim())
        ? undefined
        : ('mail.addressBad' as const),
    caPem:
      values.caPem === null ||
      /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/.test(values.caPem.trim())
        ? undefined
        : ('mail.caBad' as const),
  }
}
