// The button in the banner of an open chart; R opens the desk. The dialogs about medicines are shown from here.
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { Button } from '#ui/Button.tsx'
import { prescribingTexts } from './i18n.ts'
import { useRxWords } from './use-rx-words.ts'
import { MedicineDialog } from './MedicineDialog.tsx'
import { PrescribeDesk } from './PrescribeDesk.tsx'
import { RecordDialog } from './RecordDialog.tsx'
import { ScriptDialog } from './ScriptDialog.tsx'
import { endTask, startTask, useTask } from './tasks.ts'
import './prescribing.css'

export function PrescribeAction({ patientId }: ChartActionProps) {
  const may = useMay()
  return (
    <>
      {may('prescriptions.C') ? <OpenDesk patientId={patientId} /> : null}
      <Tasks patientId={patientId} />
    </>
  )
}

function OpenDesk({ patientId }: ChartActionProps) {
  const { t } = useRxWords()
  const open = () => startTask({ kind: 'prescribe', patientId })
  const labelKey = prescribingTexts.key('key.open')
  useShortcuts([
    { keys: 'R', labelKey, run: open },
    // The same while a note is being written.
    { keys: 'Mod+Shift+X', labelKey, run: open },
  ])
  return (
    <Button kbd="R" onClick={open}>
      {t('action')}
    </Button>
  )
}

function Tasks({ patientId }: ChartActionProps) {
  const task = useTask(patientId)
  switch (task?.kind) {
    case 'prescribe':
      return (
        <PrescribeDesk
          key={task.start?.id ?? 'new'}
          patientId={patientId}
          start={task.start ?? null}
          onClose={endTask}
        />
      )
    case 'record':
      return <RecordDialog patientId={patientId} onClose={endTask} />
    case 'medicine':
      return <MedicineDialog key={task.id} patientId={patientId} id={task.id} onClose={endTask} />
    case 'script':
      return <ScriptDialog patientId={patientId} id={task.id} onClose={endTask} />
    case undefined:
      return null
  }
}
