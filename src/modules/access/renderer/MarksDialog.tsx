// The sensitive marks of a record: which there are, setting one with its list of readers, taking one off.
import { useState } from 'react'
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
import { SelectField } from '#ui/SelectField.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import { type SensitivityFlag, sensitivityFlags } from '../shared/flags.ts'
import type { Mark, Markable } from '../shared/marks.ts'
import { EditReaders } from './EditReaders.tsx'
import { accessTexts } from './i18n.ts'
import { MarkWords } from './MarkWords.tsx'
import { ReadersField } from './ReadersField.tsx'
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
  const marks = useRead(access, 'marks', { patientId }, { enabled: target === undefined })
  const [isAdding, setIsAdding] = useState(target !== undefined)
  const [edited, setEdited] = useState<Mark | null>(null)
  if (edited) return <EditReaders patientId={patientId} mark={edited} onClose={() => setEdited(null)} />
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
                <MarkLine key={mark.id} patientId={patientId} mark={mark} onReaders={() => setEdited(mark)} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Dialog>
  )
}

interface MarkLineProps {
  readonly patientId: PatientId
  readonly mark: Mark
  readonly onReaders: () => void
}

function MarkLine({ patientId, mark, onReaders }: MarkLineProps) {
  const t = useTexts(accessTexts)
  const may = useMay()
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
  return (
    <li className="acc-row">
      <span>
        <MarkWords mark={mark} />
        <br />
        <span className="os-dim os-sm">
          {t('marks.setBy', { name: mark.setByName, date: f.instant(mark.setAt, 'date') })}
          {' · '}
          {mark.readers.length === 0
            ? t('marks.onlySetter', { name: mark.setByName })
            : f.list(mark.readers.map((reader) => reader.name))}
        </span>
      </span>
      {mark.mine && may('sensitivity.U') ? (
        <span className="acc-acts">
          <Button small onClick={onReaders}>
            {t('marks.editReaders')}
          </Button>
          <Button
            small
            loading={remove.isPending}
            onClick={() => remove.start({ patientId, id: mark.id, rev: mark.rev, reason: t('marks.remove') })}
          >
            {t('marks.remove')}
          </Button>
        </span>
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
      <ReadersField value={readers} onChange={setReaders} setter={me.userId} />
    </Dialog>
  )
}
