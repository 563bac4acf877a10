// Changes who may see what is marked, with a way back.
import { useState } from 'react'
import { errorText, useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import type { Mark } from '../shared/marks.ts'
import { accessTexts } from './i18n.ts'
import { MarkWords } from './MarkWords.tsx'
import { ReadersField } from './ReadersField.tsx'

interface EditReadersProps {
  readonly patientId: PatientId
  readonly mark: Mark
  readonly onClose: () => void
}

export function EditReaders({ patientId, mark, onClose }: EditReadersProps) {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  const before = mark.readers.map(({ userId }) => userId)
  const [readers, setReaders] = useState<readonly Mark['setBy'][]>(before)
  const save = useAct(access, 'setReaders')
  const undo = useAct(access, 'setReaders', {
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const submit = () =>
    save.start({ patientId, id: mark.id, rev: mark.rev, readers: [...readers] }, ({ rev }) => {
      onClose()
      showToast({
        text: t('marks.readersSaved'),
        undo: () =>
          undo.act({ patientId, id: mark.id, rev, readers: before }).then(
            () => undefined,
            () => undefined,
          ),
      })
    })
  const isSame = readers.length === before.length && readers.every((id) => before.includes(id))
  return (
    <Dialog
      title={t('marks.readersTitle')}
      isOpen
      onClose={onClose}
      onSubmit={isSame ? onClose : submit}
      isBusy={save.isPending}
      error={save.error ? words(save.error) : undefined}
    >
      <p>
        <MarkWords mark={mark} />
      </p>
      <ReadersField value={readers} onChange={setReaders} setter={mark.setBy} former={mark.readers} />
    </Dialog>
  )
}
