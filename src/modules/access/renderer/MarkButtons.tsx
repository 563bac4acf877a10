// Where marks show on an open chart: the button in its banner, with how much is hidden, and one beside an open item.
import { EyeOff } from '@blueprintjs/icons'
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { access } from '../shared/contract.ts'
import { accessTexts } from './i18n.ts'
import { MarksDialog, type MarkTarget } from './MarksDialog.tsx'

export function MarksAction({ patientId }: ChartActionProps) {
  const may = useMay()
  return may('sensitivity.R') ? <MarksOf patientId={patientId} /> : null
}

function MarksOf({ patientId }: ChartActionProps) {
  const t = useTexts(accessTexts)
  const [isOpen, setIsOpen] = useState(false)
  const marks = useRead(access, 'marks', { patientId })
  const hidden = marks.data?.marks.filter((mark) => mark.table === null).length ?? 0
  return (
    <>
      <Button icon={<EyeOff />} onClick={() => setIsOpen(true)}>
        {hidden > 0 ? t('marks.hidden', { count: hidden }) : t('marks.button')}
      </Button>
      {isOpen ? <MarksDialog patientId={patientId} onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}

export interface MarkItemButtonProps extends ChartActionProps {
  readonly target: MarkTarget
  /** In lists, where a row is short of room: what the item is, for people who hear the button. */
  readonly inRow?: string
}

export function MarkItemButton({ patientId, target, inRow }: MarkItemButtonProps) {
  const t = useTexts(accessTexts)
  const may = useMay()
  const [isOpen, setIsOpen] = useState(false)
  if (!may('sensitivity.C')) return null
  const open = () => setIsOpen(true)
  return (
    <>
      {inRow === undefined ? (
        <Button small icon={<EyeOff />} onClick={open}>
          {t('marks.add')}
        </Button>
      ) : (
        <IconButton icon={<EyeOff />} label={t('marks.addTo', { what: inRow })} onClick={open} />
      )}
      {isOpen ? <MarksDialog patientId={patientId} target={target} onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}
