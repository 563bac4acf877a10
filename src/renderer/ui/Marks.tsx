// Small marks: tag, lamp, avatar, spinner, progress.
import { Spinner as BpSpinner } from '@blueprintjs/core'
import type { ReactElement, ReactNode } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'neutral' | 'violet'

export interface TagProps {
  readonly tone?: Tone
  /** Colour never speaks alone: the words say it, an icon may help. */
  readonly children: ReactNode
  readonly icon?: ReactElement
  /** Filled, for what must not be missed. */
  readonly strong?: boolean
  readonly title?: string
}

export function Tag({ tone = 'neutral', children, icon, strong, title }: TagProps) {
  return (
    <span className={`os-tag os-tag-${tone} ${strong ? 'os-tag-strong' : ''}`} title={title}>
      {icon}
      {children}
    </span>
  )
}

export function Lamp({ tone, children }: { tone: 'ok' | 'warn' | 'bad' | 'off'; children: ReactNode }) {
  return (
    <span className={`os-lamp os-lamp-${tone}`}>
      <i aria-hidden="true" />
      <span>{children}</span>
    </span>
  )
}

/** First letters of the first and last word of a name; one letter where a script has no such parts. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/\b(dr|prof|mr|mrs|ms)\b\.?/giu, ' ')
    .split(/\s+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const first = (word: string | undefined) => (word ? (Array.from(word)[0] ?? '') : '')
  if (words.length === 0) return '?'
  if (words.length === 1 || /\p{Script=Han}|\p{Script=Arabic}/u.test(name))
    return first(words[0]).toUpperCase()
  return (first(words[0]) + first(words.at(-1))).toUpperCase()
}

export function Avatar({ name, size = 26 }: { name: string; size?: number }) {
  return (
    <span
      className="os-avatar"
      aria-hidden="true"
      style={{ inlineSize: size, blockSize: size, fontSize: Math.round(size * 0.42) }}
    >
      {initialsOf(name)}
    </span>
  )
}

export function Spinner({ size = 20, label }: { size?: number; label?: string }) {
  const t = useTexts(commonTexts)
  return <BpSpinner size={size} aria-label={label ?? t('word.loading')} />
}

export interface ProgressProps {
  readonly label: string
  /** Both absent while the end is not known. */
  readonly value?: number | undefined
  readonly max?: number | undefined
  /** Where the words stand beside it already. */
  readonly isBare?: boolean
}

export function Progress({ label, value, max, isBare = false }: ProgressProps) {
  const bar = <progress className="os-progress" aria-label={label} value={value} max={max ?? 1} />
  if (isBare) return bar
  return (
    <div className="os-progress-box">
      <span className="os-sm os-dim os-num" aria-hidden="true">
        {label}
      </span>
      {bar}
    </div>
  )
}
