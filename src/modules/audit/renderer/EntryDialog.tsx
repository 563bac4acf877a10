// One entry whole.
import { useNavigate } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Facts } from '#ui/Facts.tsx'
import type { AuditLine } from '../shared/contract.ts'
import { useAuditWords } from './words.ts'
import './audit.css'

const clockTexts: Readonly<Record<string, 'entry.clockCompared' | 'entry.clockSuspect'>> = {
  ok: 'entry.clockCompared',
  suspect: 'entry.clockSuspect',
}

export function EntryDialog({ entry, onClose }: { entry: AuditLine; onClose: () => void }) {
  const { t, f, common, action, role, door, outcome, category } = useAuditWords()
  const may = useMay()
  const navigate = useNavigate()
  const facts = [
    [t('log.at'), f.instant(entry.at, 'date-time')],
    [t('log.person'), entry.userId === null ? t('log.nobody') : entry.userName],
    [t('log.role'), role(entry.role)],
    [t('log.action'), action(entry.action)],
    [t('log.category'), category(entry.category)],
    [t('log.patient'), entry.patientName === '' ? t('log.erased') : entry.patientName],
    [t('log.door'), door(entry.door)],
    [t('log.outcome'), outcome(entry.outcome)],
    [t('entry.code'), entry.code],
    [t('entry.detail'), entry.detail],
    [t('entry.commits'), entry.commits],
    [t('entry.session'), entry.sessionId?.slice(0, 8) ?? null],
    [t('entry.operation'), entry.opId?.slice(-12) ?? null],
    [t('entry.clock'), t(clockTexts[entry.clock] ?? 'entry.clockFine')],
  ] as const
  return (
    <Dialog
      title={t('entry.title', { number: f.number(entry.seq) })}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          {entry.patientId !== null && may('audit.X') ? (
            <Button onClick={() => void navigate(`/audit/patients/${entry.patientId ?? ''}`)}>
              {t('entry.record')}
            </Button>
          ) : null}
          <span className="os-grow" />
          <Button onClick={onClose} kbd="Escape">
            {common('act.close')}
          </Button>
        </>
      }
    >
      <Facts rows={facts} tiles />
    </Dialog>
  )
}
