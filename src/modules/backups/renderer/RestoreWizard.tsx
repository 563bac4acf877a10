// Four steps: where, which, what opens it, and what is inside. The same before a clinic is open and inside one; the caller
// brings the way to the machine. Nothing is changed before the last button.
import { useState } from 'react'
import { isApiError } from '#renderer/api/client.ts'
import { emptyOpener, OpenerFields, openerOf } from '#renderer/app/OpenerFields.tsx'
import { useFormats } from '#renderer/i18n/format.ts'
import type { FoundBackup, RestoreFacts, RestoreOpener, RestorePlace } from '#shared/restore.ts'
import { Button } from '#ui/Button.tsx'
import { Facts } from '#ui/Facts.tsx'
import { Form } from '#ui/Form.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { Checkbox, RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { BucketFields, emptyBucket, isWholeBucket } from './BucketFields.tsx'
import { useBackupWords } from './words.ts'
import './backups.css'

export interface RestoreDoor {
  find(place: RestorePlace): Promise<FoundBackup[]>
  look(place: RestorePlace, name: string, opener: RestoreOpener | null): Promise<RestoreFacts>
  apply(facts: RestoreFacts): Promise<void>
}

/** kit: an empty computer · either: the keys of this one may still open it · own: the clinic is open. */
export type Openers = 'kit' | 'either' | 'own'

type Step =
  | { readonly name: 'where' }
  | { readonly name: 'which'; readonly place: RestorePlace; readonly found: readonly FoundBackup[] }
  | {
      readonly name: 'opener'
      readonly place: RestorePlace
      readonly found: readonly FoundBackup[]
      readonly chosen: FoundBackup
    }
  | { readonly name: 'inside'; readonly facts: RestoreFacts }

export function RestoreWizard({
  door,
  openers,
  onBack,
}: {
  door: RestoreDoor
  openers: Openers
  onBack: () => void
}) {
  const { t, error: words } = useBackupWords()
  const [step, setStep] = useState<Step>({ name: 'where' })
  const [busy, setBusy] = useState<'no' | 'find' | 'look' | 'apply'>('no')
  const [error, setError] = useState<string | null>(null)
  const run = (kind: 'find' | 'look' | 'apply', work: () => Promise<void>) => {
    if (busy !== 'no') return
    setBusy(kind)
    setError(null)
    work()
      .catch((thrown: unknown) => {
        if (!isApiError(thrown)) throw thrown
        setError(words(thrown))
      })
      .finally(() => setBusy('no'))
  }
  const find = (place: RestorePlace) =>
    run('find', async () => setStep({ name: 'which', place, found: await door.find(place) }))
  const look = (place: RestorePlace, chosen: FoundBackup, opener: RestoreOpener | null) =>
    run('look', async () => setStep({ name: 'inside', facts: await door.look(place, chosen.name, opener) }))
  return (
    <div className="bak-wizard">
      {step.name === 'where' ? <Where onFind={find} isBusy={busy === 'find'} /> : null}
      {step.name === 'which' ? (
        <Which
          found={step.found}
          onChoose={(chosen) =>
            openers === 'own' ? look(step.place, chosen, null) : setStep({ ...step, name: 'opener', chosen })
          }
          isBusy={busy === 'look'}
        />
      ) : null}
      {step.name === 'opener' ? (
        <WhatOpens
          chosen={step.chosen}
          withPassword={openers === 'either'}
          onLook={(opener) => look(step.place, step.chosen, opener)}
          isBusy={busy === 'look'}
        />
      ) : null}
      {step.name === 'inside' ? (
        <Inside
          facts={step.facts}
          isBusy={busy === 'apply'}
          onApply={() => run('apply', () => door.apply(step.facts))}
        />
      ) : null}
      <div aria-live="polite">
        {busy === 'look' ? (
          <p className="bak-wait" role="status">
            <Spinner /> {t('restore.looking')}
          </p>
        ) : null}
        {error === null ? null : <Notice tone="bad" title={error} />}
      </div>
      <div className="bak-acts">
        <Button
          variant="minimal"
          disabled={busy !== 'no'}
          onClick={() => {
            setError(null)
            if (step.name === 'where') onBack()
            else setStep({ name: 'where' })
          }}
        >
          {t(step.name === 'where' ? 'restore.back' : 'restore.other-file')}
        </Button>
      </div>
    </div>
  )
}

function Where({ onFind, isBusy }: { onFind: (place: RestorePlace) => void; isBusy: boolean }) {
  const { t } = useBackupWords()
  const [kind, setKind] = useState<'folder' | 'bucket'>('folder')
  const [folder, setFolder] = useState('')
  const [bucket, setBucket] = useState(emptyBucket)
  const [wasTried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (kind === 'folder' && folder.trim() !== '') onFind({ kind, path: folder.trim() })
    if (kind === 'bucket' && isWholeBucket(bucket)) onFind({ kind, ...bucket })
  }
  return (
    <Form onSubmit={submit} label={t('restore.title')}>
      <p>{t('restore.intro')}</p>
      <RadioRow
        label={t('target.kind')}
        value={kind}
        onChange={setKind}
        choices={(['folder', 'bucket'] as const).map((value) => ({
          value,
          label: t(`restore.place.${value}`),
        }))}
      />
      {kind === 'folder' ? (
        <TextField
          label={t('restore.path')}
          value={folder}
          onChange={setFolder}
          dir="ltr"
          autoFocus
          error={wasTried && folder.trim() === '' ? t('target.needed') : undefined}
        />
      ) : (
        <BucketFields values={bucket} onChange={setBucket} wasTried={wasTried} />
      )}
      <Button type="submit" intent="primary" loading={isBusy}>
        {t('restore.find')}
      </Button>
    </Form>
  )
}

function Which({
  found,
  onChoose,
  isBusy,
}: {
  found: readonly FoundBackup[]
  onChoose: (chosen: FoundBackup) => void
  isBusy: boolean
}) {
  const { t } = useBackupWords()
  const f = useFormats()
  if (found.length === 0) return <Notice tone="warn" title={t('restore.none')} />
  return (
    <section aria-label={t('restore.choose')}>
      <h2 className="bak-head">{t('restore.choose')}</h2>
      <ul className="bak-found">
        {found.map((each) => (
          <li key={each.name}>
            <button type="button" onClick={() => onChoose(each)} disabled={isBusy}>
              <b>{each.at ? f.instant(each.at, 'date-time') : t('restore.unknownTime')}</b>{' '}
              <span className="os-dim">{f.bytes(each.bytes)}</span>
              <span className="os-dim bak-path" dir="ltr">
                {each.name}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function WhatOpens({
  chosen,
  withPassword,
  onLook,
  isBusy,
}: {
  chosen: FoundBackup
  withPassword: boolean
  onLook: (opener: RestoreOpener) => void
  isBusy: boolean
}) {
  const { t } = useBackupWords()
  const [typed, setTyped] = useState(emptyOpener('kit'))
  const submit = () => {
    const opener = openerOf(typed)
    if (opener) onLook(opener)
  }
  return (
    <Form onSubmit={submit} label={t('restore.opener')}>
      <OpenerFields
        value={typed}
        onChange={setTyped}
        ways={withPassword ? ['kit', 'password'] : ['kit']}
        words={{
          ask: t('restore.opener'),
          kit: t('restore.opener.kit'),
          password: t('restore.opener.password'),
          kitCode: t('restore.kit'),
          username: t('restore.username'),
          passwordOf: t('restore.password'),
        }}
        kitHint={chosen.kitId === null ? undefined : t('restore.kitHint', { id: chosen.kitId })}
      />
      <Button type="submit" intent="primary" loading={isBusy}>
        {t('restore.look')}
      </Button>
    </Form>
  )
}

function Inside({ facts, onApply, isBusy }: { facts: RestoreFacts; onApply: () => void; isBusy: boolean }) {
  const { t } = useBackupWords()
  const f = useFormats()
  const [isSure, setSure] = useState(false)
  const lines: [string, string][] = [
    [t('restore.clinic'), facts.clinicName],
    [t('restore.of'), f.instant(facts.at, 'date-time')],
    [t('restore.newest'), facts.newestAt === null ? '–' : f.instant(facts.newestAt, 'date-time')],
    [t('restore.patients'), f.number(facts.patients)],
    [t('restore.entries'), f.number(facts.entries)],
  ]
  return (
    <section aria-label={t('restore.found')}>
      <h2 className="bak-head">{t('restore.found')}</h2>
      <Facts rows={lines} />
      {facts.otherClinic ? <Notice tone="bad" title={t('restore.other')} /> : null}
      {facts.newerHere === null ? null : facts.newerHere > 0 ? (
        <Notice tone="warn" title={t('restore.newer', { count: facts.newerHere })} />
      ) : null}
      <p className="os-dim">{t('restore.kept')}</p>
      <Checkbox checked={isSure} onChange={setSure}>
        {t('restore.sure')}
      </Checkbox>
      <Button intent="danger" onClick={onApply} disabled={!isSure} loading={isBusy}>
        {t('restore.apply')}
      </Button>
    </section>
  )
}
