// What stands in the way of a time, and the reason without which nothing is saved over it.
import { type InputFor, useRead } from '#renderer/api/hooks.ts'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { clashWords, useWords } from '../use-words.ts'

export interface ClashNoticeProps {
  readonly place: InputFor<typeof scheduling, 'checkSlot'>
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly error?: string | undefined
}

export const shortestReason = 3

export function ClashNotice({ place, reason, onReason, error }: ClashNoticeProps) {
  const words = useWords()
  const { t } = words
  const found = useRead(scheduling, 'checkSlot', place)
  const clashes = found.data?.clashes ?? []
  return (
    <>
      <Notice tone="warn" title={t('clash.title')}>
        <ul className="sc-plain-list">
          {clashes.map((clash) => (
            <li key={`${clash.kind} ${clash.appointmentId ?? clash.absenceId ?? ''}`}>
              {clashWords(clash, words)}
            </li>
          ))}
        </ul>
      </Notice>
      <TextField
        label={t('clash.reason')}
        hint={t('clash.reasonHint')}
        value={reason}
        onChange={onReason}
        maxLength={300}
        error={error}
        autoFocus
      />
    </>
  )
}
