// The sensitive marks of a record: which there are, setting one with its list of readers, taking one off.
import { useState } from 'react'
import { people } from '#modules/people/shared/contract.ts'
import { errorText, useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { PatientId, UserId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Checkbox, SelectField } from '#ui/SelectField.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import { type SensitivityFlag, sensitivityFlags } from '../shared/flags.ts'
import type { Mark, Markable } from '../shared/marks.ts'
import { accessTexts } from './i18n.ts'
import './access.css'

export interface MarkTarget {
  readonly table: Markable
  readonly id: string
}

export interface MarksDialogProps {
  readonly patientId: PatientId
  /** What a new mark would be on; the whole record unless said. */
  readonly target?: MarkTarget | undefined
  readonly onClose: () => void
}

export function MarksDialog({ patientId, target, onClose }: MarksDialogProps) {
  const t = useTexts(accessTexts)
  const common = useTexts(commonTexts)
  const may = useMay()
  const marks = useRead(access, 'marks', { patientId })
  const [isAdding, setIsAdding] = useState(target !== undefined)
  if (isAdding) {
    return (
      <AddMark
        patientId={patientId}
        target={target ?? { table: 'patient', id: patientId }}
        onClose={target ? onClose : () => setIsAdding(false)}
      />
    )
  }
  return (
    <Dialog
      title={t('marks.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common('act.close')}</Button>
          {may('sensitivity.C') ? (
            <Button intent="primary" onClick={() => setIsAdding(true)}>
              {t('marks.add')} ({t('marks.whole')})
            </Button>
          ) : null}
        </>
      }
    >
      <QueryView query={marks} small>
        {(data) =>
          data.marks.length === 0 ? (
            <p className="os-dim">{t('marks.none')}</p>
          ) : (
            <ul className="acc-list">
              {data.marks.map((mark) => (
                <MarkLine key={mark.id} patientId={patientId} mark={mark} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Dialog>
  )
}

function MarkLine({ patientId, mark }: { patientId: PatientId; mark: Mark }) {
  const t = useTexts(accessTexts)
  const f = useFormats()
  const failed = {
    onError: (error: Parameters<typeof errorText>[0]) =>
      showToast({ text: errorText(error), tone: 'bad' as const }),
  }
  const restore = useAct(access, 'restoreMark', failed)
  const remove = useAct(access, 'removeMark', {
    ...failed,
    onDone: () =>
      showToast({
        text: t('marks.removed'),
        undo: () =>
          restore.act({ patientId, id: mark.id }).then(
            () => undefined,
            () => undefined,
          ),
      }),
  })
  if (mark.table === null || mark.flag === null) {
    return (
      <li className="acc-row">
        <span className="os-dim">{t('marks.closed', { name: mark.setByName })}</span>
      </li>
    )
  }
  const { flag } = mark
  return (
    <li className="acc-row">
      <span>
        <Tag tone="violet">{t(`flag.${flag}`)}</Tag> {t(`marks.of.${mark.table}`)}
        <br />
        <span className="os-dim os-sm">
          {t('marks.setBy', { name: mark.setByName, date: f.instant(mark.setAt, 'date') })}
          {' · '}
          {mark.readers.length === 0
            ? t('marks.onlySetter', { name: mark.setByName })
            : f.list(mark.readers.map((reader) => reader.name))}
        </span>
      </span>
      {mark.mine ? (
        <Button
          small
          loading={remove.isPending}
          onClick={() => remove.start({ patientId, id: mark.id, rev: mark.rev, reason: t('marks.remove') })}
        >
          {t('marks.remove')}
        </Button>
      ) : null}
    </li>
  )
}

function AddMark({
  patientId,
  target,
  onClose,
}: {
  patientId: PatientId
  target: MarkTarget
  onClose: () => void
}) {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  const me = useMe()
  const [flag, setFlag] = useState<SensitivityFlag>('mental-health')
  const [readers, setReaders] = useState<readonly UserId[]>([])
  const colleagues = useRead(people, 'directory', {})
  const set = useAct(access, 'setMark', {
    onDone: () => {
      showToast({ text: t('marks.set') })
      onClose()
    },
  })
  const submit = () =>
    set.start({
      patientId,
      table: target.table,
      targetId: target.id as typeof patientId,
      flag,
      readers: [...readers],
    })
  return (
    <Dialog
      title={t('marks.add')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('marks.add')}
      isBusy={set.isPending}
      error={set.error ? words(set.error) : undefined}
    >
      <p>
        <span className="os-dim">{t('marks.target')}:</span> {t(`marks.of.${target.table}`)}
      </p>
      <SelectField
        label={t('marks.flag')}
        value={flag}
        onChange={setFlag}
        choices={sensitivityFlags.map((value) => ({ value, label: t(`flag.${value}`) }))}
        autoFocus
      />
      <fieldset className="os-fieldset os-field">
        <legend className="os-label">{t('marks.readers')}</legend>
        <div className="acc-readers">
          {(colleagues.data ?? [])
            .filter((person) => person.id !== me.userId)
            .map((person) => (
              <Checkbox
                key={person.id}
                checked={readers.includes(person.id)}
                onChange={(on) =>
                  setReaders(on ? [...readers, person.id] : readers.filter((id) => id !== person.id))
                }
              >
                <bdi>{person.name}</bdi>
              </Checkbox>
            ))}
        </div>
        <p className="os-hint">{t('marks.readersHint')}</p>
      </fieldset>
    </Dialog>
  )
}
