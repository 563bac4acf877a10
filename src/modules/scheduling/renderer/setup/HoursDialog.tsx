// The week of the clinic, a provider or a room: one line a day, "8-12, 13-17". Lines that hold only for a time are kept.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type Setup, scheduling } from '#modules/scheduling/shared/contract.ts'
import { weekdayName } from '../day-words.ts'
import { schedulingTexts } from '../i18n.ts'
import type { Owner } from './HoursPage.tsx'
import { daysOf, hoursText, parseHours, rulesOf } from './hours-text.ts'

export interface HoursDialogProps {
  readonly of: Owner
  readonly setup: Setup
  readonly onClose: () => void
}

export function HoursDialog({ of, setup, onClose }: HoursDialogProps) {
  const t = useTexts(schedulingTexts)
  const { locale } = useFormats()
  const errorWords = useErrorText()
  const saved = setup.hours.find(({ resourceId }) => resourceId === of.id)
  const dated = (saved?.rules ?? []).filter((rule) => rule.validFrom !== null || rule.validUntil !== null)
  const lasting = (saved?.rules ?? []).filter((rule) => !dated.includes(rule))
  const [lines, setLines] = useState<readonly string[]>(() => daysOf(lasting).map(hoursText))
  const [isTried, setTried] = useState(false)
  const save = useAct(scheduling, 'saveHours', { onDone: onClose })
  const parsed = lines.map(parseHours)
  const set = (index: number, text: string) => setLines(lines.map((line, n) => (n === index ? text : line)))
  const submit = () => {
    setTried(true)
    if (parsed.some((day) => day === null)) return
    save.start({
      resourceId: of.id,
      version: saved?.version ?? '',
      rules: [...rulesOf(parsed.map((day) => day ?? [])), ...dated],
    })
  }
  return (
    <Dialog
      title={t('hours.of', { name: of.name })}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      error={save.error ? errorWords(save.error) : null}
    >
      <p className="os-hint">{t(of.id ? 'hours.hintOwn' : 'hours.hint')}</p>
      {lines.map((line, index) => (
        <div key={weekdayName(index + 1, locale)} className="sc-day-line">
          <TextField
            label={weekdayName(index + 1, locale)}
            value={line}
            onChange={(text) => set(index, text)}
            maxLength={100}
            dir="ltr"
            placeholder={t('head.closed')}
            autoFocus={index === 0}
            error={isTried && parsed[index] === null ? t('hours.wrong') : undefined}
          />
          {index > 0 ? (
            <Button
              small
              onClick={() => set(index, lines[index - 1] ?? '')}
              label={t('hours.asAboveOf', { day: weekdayName(index + 1, locale) })}
            >
              {t('hours.asAbove')}
            </Button>
          ) : null}
        </div>
      ))}
      {dated.length > 0 ? <p className="os-hint">{t('hours.dated', { count: dated.length })}</p> : null}
    </Dialog>
  )
}
