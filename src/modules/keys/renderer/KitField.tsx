// Fifteen small boxes for the groups of a kit: a full one passes the cursor on, a pasted kit fills them all.
import { type ClipboardEvent, useRef } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { keysTexts } from './i18n.ts'
import './keys.css'

const groupCount = 15
const groupLength = 4

export type KitGroups = readonly string[]
export const noGroups: KitGroups = Array.from({ length: groupCount }, () => '')

interface KitFieldProps {
  readonly value: KitGroups
  readonly onChange: (value: KitGroups) => void
  /** Counted from 0. */
  readonly wrong: readonly number[]
}

export function KitField({ value, onChange, wrong }: KitFieldProps) {
  const t = useTexts(keysTexts)
  const boxes = useRef<(HTMLInputElement | null)[]>([])
  const type = (at: number, text: string) => {
    onChange(value.with(at, text.toUpperCase()))
    if (text.replaceAll(/[\s-]/g, '').length >= groupLength) boxes.current[at + 1]?.focus()
  }
  const paste = (at: number, event: ClipboardEvent) => {
    const letters = event.clipboardData
      .getData('text')
      .replaceAll(/[\s\p{Pd}]/gu, '')
      .toUpperCase()
    if (letters.length <= groupLength) return
    event.preventDefault()
    const groups = letters.match(/.{1,4}/gu) ?? []
    onChange(value.map((group, i) => groups[i - at] ?? group))
    boxes.current[Math.min(at + groups.length, groupCount) - 1]?.focus()
  }
  return (
    <fieldset className="kit-field" dir="ltr">
      <legend className="os-sr">{t('field.label')}</legend>
      {value.map((group, at) => (
        <label key={at} className="kit-box">
          <i aria-hidden="true">{at + 1}</i>
          <input
            ref={(box) => {
              boxes.current[at] = box
            }}
            className="os-input"
            aria-label={t('field.group', { n: at + 1 })}
            aria-invalid={wrong.includes(at)}
            value={group}
            onChange={(event) => type(at, event.currentTarget.value)}
            onPaste={(event) => paste(at, event)}
            onKeyDown={(event) => {
              if (event.key === 'Backspace' && group === '') boxes.current[at - 1]?.focus()
            }}
            maxLength={8}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="characters"
            autoFocus={at === 0}
          />
        </label>
      ))}
    </fieldset>
  )
}
