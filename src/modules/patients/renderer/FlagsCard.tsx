// Alerts and desk notes on a patient: added in one line, taken off with a reason, brought back with Undo.
import { MenuItem } from '@blueprintjs/core'
import { Cross, Plus, WarningSign } from '@blueprintjs/icons'
import { useState } from 'react'
import type * as z from 'zod'
import { MarkItemButton } from '#modules/access/renderer/api.ts'
import { errorText, useErrorText } from '#renderer/api/error-text.ts'
import { isApiError } from '#renderer/api/client.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { MenuPopover } from '#ui/MenuPopover.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Flag, type PatientView, patients } from '../shared/contract.ts'
import { patientTexts } from './i18n.ts'
import type { PatientContext } from './patient-context.ts'
import { usePatientWords } from './words.ts'

type OneFlag = z.infer<typeof Flag>
type Id = PatientView['id']
const reasons = ['outdated', 'done', 'mistake'] as const

export interface FlagsCardProps {
  readonly context: PatientContext
  readonly flags: readonly OneFlag[]
}

export function FlagsCard({ context, flags }: FlagsCardProps) {
  const { t, formats, joined } = usePatientWords()
  const may = useMay()
  const [isAdding, setAdding] = useState(false)
  const mayAmend = may('demographics.U')
  return (
    <Card
      title={t('flags.title')}
      actions={
        mayAmend ? (
          <Button small icon={<Plus size={12} />} onClick={() => setAdding(true)}>
            {t('flags.add')}
          </Button>
        ) : null
      }
    >
      {flags.length === 0 ? <p className="os-dim">{t('flags.none')}</p> : null}
      <ul className="pt-flags">
        {flags.map((flag) => (
          <li key={flag.id}>
            <span className={flag.kind === 'alert' ? 'pt-flag-alert' : 'os-dim'}>
              {flag.kind === 'alert' ? <WarningSign size={14} /> : null} {t(`flags.${flag.kind}`)}
            </span>
            <div className="os-grow">
              <bdi className="pt-flag-text">{flag.text}</bdi>
              <div className="os-dim os-sm">
                {joined([flag.createdByName, formats.instant(flag.createdAt, 'date')], ' · ')}
              </div>
            </div>
            <MarkItemButton
              patientId={context.patientId as Id}
              target={{ table: 'patient_flag', id: flag.id }}
              inRow={flag.text}
            />
            {mayAmend ? <TakeOff context={context} flag={flag} /> : null}
          </li>
        ))}
      </ul>
      <AddFlag context={context} isOpen={isAdding} onClose={() => setAdding(false)} />
    </Card>
  )
}

function TakeOff({ context, flag }: { context: PatientContext; flag: OneFlag }) {
  const { t } = usePatientWords()
  const patientId = context.patientId as Id
  const restore = useAct(patients, 'restoreFlag', {
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const remove = useAct(patients, 'removeFlag', {
    onDone: () =>
      showToast({
        text: textOf(patientTexts, 'flags.removed'),
        undo: () =>
          restore.act({ patientId, id: flag.id }).then(
            () => void showToast({ text: textOf(patientTexts, 'flags.restored') }),
            () => undefined,
          ),
      }),
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const takeOff = (reason: string) =>
    guarded(() => remove.start({ patientId: context.forWrite() as Id, id: flag.id, rev: flag.rev, reason }))
  return (
    <MenuPopover
      label={t('flags.reasonTitle')}
      items={
        <>
          <li className="pt-menu-title">{t('flags.reasonTitle')}</li>
          {reasons.map((reason) => (
            <MenuItem
              key={reason}
              text={t(`flags.reason.${reason}`)}
              onClick={() => takeOff(t(`flags.reason.${reason}`))}
            />
          ))}
        </>
      }
    >
      <IconButton icon={<Cross />} label={t('flags.remove', { text: flag.text })} />
    </MenuPopover>
  )
}

function AddFlag({
  context,
  isOpen,
  onClose,
}: {
  context: PatientContext
  isOpen: boolean
  onClose: () => void
}) {
  const { t } = usePatientWords()
  const errorWords = useErrorText()
  const [kind, setKind] = useState<'alert' | 'sticky'>('alert')
  const [text, setText] = useState('')
  const add = useAct(patients, 'addFlag')
  const submit = () =>
    guarded(() =>
      add.start({ patientId: context.forWrite() as Id, kind, text: text.trim() }, () => {
        setText('')
        onClose()
      }),
    )
  return (
    <Dialog
      title={t('flags.addTitle')}
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('flags.add')}
      isBusy={add.isPending}
      canSubmit={text.trim() !== ''}
      error={add.error ? errorWords(add.error) : null}
      width="small"
    >
      <TextField
        label={t('flags.text')}
        value={text}
        onChange={setText}
        maxLength={500}
        placeholder={t('flags.textPlaceholder')}
      />
      <RadioRow
        label={t('flags.kind')}
        value={kind}
        onChange={setKind}
        choices={[
          { value: 'alert', label: t('flags.alert') },
          { value: 'sticky', label: t('flags.sticky') },
        ]}
      />
    </Dialog>
  )
}

/** Says so when the window shows another patient by now (B6). */
function guarded(write: () => void): void {
  try {
    write()
  } catch (error) {
    if (isApiError(error)) showToast({ text: errorText(error), tone: 'bad' })
    else throw error
  }
}
