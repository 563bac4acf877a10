// A mark in words: its kind, and on what it is.
import { useTexts } from '#renderer/i18n/define.ts'
import { Tag } from '#ui/Marks.tsx'
import type { Mark } from '../shared/marks.ts'
import { accessTexts } from './i18n.ts'

export function MarkWords({ mark: { flag, table } }: { mark: Mark }) {
  const t = useTexts(accessTexts)
  if (flag === null || table === null) return null
  return (
    <>
      <Tag tone="violet">{t(`flag.${flag}`)}</Tag> {t(`marks.of.${table}`)}
    </>
  )
}
