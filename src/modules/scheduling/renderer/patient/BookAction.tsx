// "Book" in the banner of an open chart, key B: a follow-up without leaving it.
import { useState } from 'react'
import { Calendar } from '@blueprintjs/icons'
import { useRead } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { patients } from '#modules/patients/shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { BookDialog } from '../booking/BookDialog.tsx'
import { schedulingTexts } from '../i18n.ts'
import { activeProviders } from '../shown-resources.ts'

export function BookAction({ patientId }: ChartActionProps) {
  const t = useTexts(schedulingTexts)
  const may = useMay()
  const mayBook = may('appointments.C')
  const [isOpen, setOpen] = useState(false)
  const open = () => setOpen(true)
  useShortcuts([{ keys: 'b', labelKey: schedulingTexts.key('act.book'), run: open, disabled: !mayBook }])
  if (!mayBook) return null
  return (
    <>
      <Button icon={<Calendar size={14} />} kbd="b" onClick={open}>
        {t('act.book')}
      </Button>
      {isOpen ? <BookForPatient patientId={patientId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** The name comes from the record, never from what another screen last showed. */
export function BookForPatient({ patientId, onClose }: ChartActionProps & { onClose: () => void }) {
  const me = useMe()
  const person = useRead(patients, 'get', { patientId })
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000 })
  if (!person.data || !setup.data) return null
  const own = activeProviders(setup.data).find(({ userId }) => userId === me.userId)
  const { id, name, birthDate, recordNumber } = person.data
  return (
    <BookDialog
      start={{
        patient: { id, name, birthDate: birthDate ?? null, recordNumber: recordNumber ?? null },
        ...(own ? { providerId: own.id } : {}),
      }}
      onClose={onClose}
    />
  )
}
