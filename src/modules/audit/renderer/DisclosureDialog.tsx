// Entering a disclosure, and an order not to tell of some.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { addDays, dayRange } from '#shared/zoned-time.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { audit } from '../shared/contract.ts'
import { bases, recipientKinds } from '../shared/disclosure.ts'
import { auditTexts } from './i18n.ts'
import { useAuditWords } from './words.ts'
import './audit.css'

interface DialogProps {
  readonly patientId: PatientId
  readonly onClose: () => void
  /** A doctor's own patient. */
  readonly isOwn?: boolean
}

export function DisclosureDialog({ patientId, onClose, isOwn = false }: DialogProps) {
  const { t, f } = useAuditWords()
  const errorWords = useErrorText()
  const [day, setDay] = useState<string | null>(f.today)
  const [recipient, setRecipient] = useState('')
  const [recipientKind, setKind] = useState<(typeof recipientKinds)[number]>('provider')
  const [address, setAddress] = useState('')
  const [what, setWhat] = useState('')
  const [basis, setBasis] = useState<(typeof bases)[number]>('consent')
  const [purpose, setPurpose] = useState('')
  const [wasTried, setTried] = useState(false)
  const record = useAct(audit, isOwn ? 'recordOwnDisclosure' : 'recordDisclosure', {
    onDone: () => {
      showToast({ text: textOf(auditTexts, 'disclosed.saved') })
      onClose()
    },
  })
  const isShort = (text: string) => text.trim().length < 2
  const isWhole = !isShort(recipient) && !isShort(what) && !isShort(purpose) && day?.length === 10
  const save = () => {
    setTried(true)
    if (!isWhole || day === null) return
    // Today means now; an earlier day is noted at its noon, since nobody knows the hour any more.
    const noon = new Date(Date.parse(dayRange(day, f.timeZone).from) + 12 * 3_600_000).toISOString()
    const occurredAt = day === f.today ? new Date().toISOString() : noon
    record.start({
      patientId,
      occurredAt,
      recipient: recipient.trim(),
      recipientKind,
      address: address.trim() || null,
      what: what.trim(),
      basis,
      purpose: purpose.trim(),
    })
  }
  const needed = (text: string) => (wasTried && isShort(text) ? t('disclosed.needed') : undefined)
  return (
    <Dialog
      title={t('disclosed.add')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      isBusy={record.isPending}
      error={record.error ? errorWords(record.error) : null}
      width="wide"
    >
      <div className="au-filters">
        <TextField
          label={t('disclosed.recipient')}
          value={recipient}
          onChange={setRecipient}
          error={needed(recipient)}
          maxLength={200}
          autoFocus
        />
        <SelectField
          label={t('disclosed.kind')}
          value={recipientKind}
          onChange={setKind}
          choices={recipientKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <TextField
          label={t('disclosed.address')}
          optional
          value={address}
          onChange={setAddress}
          maxLength={300}
        />
        <DateField label={t('disclosed.when')} value={day} onChange={setDay} />
      </div>
      <TextField
        label={t('disclosed.what')}
        value={what}
        onChange={setWhat}
        error={needed(what)}
        maxLength={500}
      />
      <div className="au-filters">
        <SelectField
          label={t('disclosed.basis')}
          value={basis}
          onChange={setBasis}
          choices={bases.map((value) => ({ value, label: t(`basis.${value}`) }))}
        />
        <TextField
          label={t('disclosed.purpose')}
          value={purpose}
          onChange={setPurpose}
          error={needed(purpose)}
          maxLength={500}
        />
      </div>
    </Dialog>
  )
}

export function OrderDialog({ patientId, onClose }: DialogProps) {
  const { t, f } = useAuditWords()
  const errorWords = useErrorText()
  const [authority, setAuthority] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [wasTried, setTried] = useState(false)
  const suspend = useAct(audit, 'suspend', {
    onDone: () => {
      showToast({ text: textOf(auditTexts, 'order.saved') })
      onClose()
    },
  })
  const isShort = (text: string) => text.trim().length < 2
  const needed = (text: string) => (wasTried && isShort(text) ? t('disclosed.needed') : undefined)
  const save = () => {
    setTried(true)
    if (isShort(authority) || isShort(reason) || until?.length !== 10) return
    suspend.start({
      patientId,
      authority: authority.trim(),
      reason: reason.trim(),
      until: dayRange(addDays(until, 1), f.timeZone).from,
    })
  }
  return (
    <Dialog
      title={t('order.add')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      isBusy={suspend.isPending}
      error={suspend.error ? errorWords(suspend.error) : null}
    >
      <TextField
        label={t('order.authority')}
        hint={t('order.authorityHint')}
        value={authority}
        onChange={setAuthority}
        error={needed(authority)}
        maxLength={200}
        autoFocus
      />
      <TextField
        label={t('order.reason')}
        value={reason}
        onChange={setReason}
        error={needed(reason)}
        maxLength={500}
      />
      <DateField
        label={t('order.until')}
        value={until}
        onChange={setUntil}
        allowFuture
        error={wasTried && until?.length !== 10 ? t('disclosed.needed') : undefined}
      />
    </Dialog>
  )
}
