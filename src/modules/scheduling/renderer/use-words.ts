// Words and formats of the schedule together, and how visits, places and clashes are called.
import { useMemo } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { Appointment, Clash as ClashFound, Setup } from '../shared/contract.ts'
import { dayWords } from './day-words.ts'
import type { Clash } from './grid/clashes.ts'
import { schedulingTexts } from './i18n.ts'
import type { Words } from './schedule-view.ts'

export function useWords(): Words {
  const translate = useTexts(schedulingTexts)
  const formats = useFormats()
  const { locale, today, timeZone } = formats
  // Both are made anew with every drawing; the grid compares what is made of them.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => ({ t: translate, formats }), [locale, today, timeZone])
}

/** What is seen to be in the way while something moves. */
export function previewWords(clash: Clash, { t }: Words): string {
  if (clash.kind === 'away') return clash.name
  if (clash.kind === 'closed') return t('clash.hours')
  return t(`clash.${clash.kind}`, { name: clash.with })
}

/** What the clinic found to be in the way. */
export function clashWords(clash: ClashFound, { t, formats }: Words): string {
  const name = clash.patientName ?? t('visit.taken')
  const words =
    clash.kind === 'hours'
      ? t('clash.hours')
      : clash.kind === 'absence'
        ? t('clash.absence', { title: clash.title ?? t('clash.away') })
        : t(`clash.${clash.kind}`, { name })
  if (!clash.startAt || !clash.endAt || clash.kind === 'hours' || clash.kind === 'absence') return words
  const from = formats.instant(clash.startAt, 'time')
  return t('clash.at', { clash: words, from, to: formats.instant(clash.endAt, 'time') })
}

export const placeName = (setup: Setup, id: string | null): string | null =>
  setup.resources.find((resource) => resource.id === id)?.name ?? null

export const typeName = (setup: Setup, id: string | null): string | null =>
  setup.visitTypes.find((type) => type.id === id)?.name ?? null

export function momentWords(at: Pick<Appointment, 'date' | 'startAt'>, { t, formats }: Words): string {
  return t('word.dayTime', {
    day: dayWords(at.date, formats.locale, formats.today),
    time: formats.instant(at.startAt, 'time'),
  })
}
