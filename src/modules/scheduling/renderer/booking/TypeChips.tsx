// The kinds of visit to choose from, each with its length; Alt and a digit choose one from anywhere in the dialog.
import { type KeyboardEvent, useId } from 'react'
import { useMe } from '#renderer/api/session-store.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Kbd } from '#ui/Kbd.tsx'
import type { Setup, VisitType } from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'

/** Those the role at work may book, in their order. */
export function useBookableTypes(setup: Setup): readonly VisitType[] {
  const { role } = useMe()
  return setup.visitTypes
    .filter((type) => type.active && (type.bookableBy === null || type.bookableBy.includes(role)))
    .sort((a, b) => a.position - b.position)
}

export interface TypeChipsProps {
  readonly types: readonly VisitType[]
  readonly value: string | null
  readonly onChange: (type: VisitType) => void
}

export function TypeChips({ types, value, onChange }: TypeChipsProps) {
  const t = useTexts(schedulingTexts)
  const id = useId()
  if (types.length === 0) return null
  return (
    <fieldset className="os-field os-fieldset">
      <legend className="os-label">{t('book.type')}</legend>
      <div className="os-radios">
        {types.map((type, n) => (
          <label
            key={type.id}
            className={`os-radio sc-chip sc-tone-${type.colour} ${type.id === value ? 'os-on' : ''}`}
          >
            <input
              type="radio"
              name={id}
              checked={type.id === value}
              aria-label={t('book.typeLength', { name: type.name, count: type.minutes })}
              onChange={() => onChange(type)}
            />
            <bdi>{type.name}</bdi>
            <span className="os-dim os-sm">{t('word.minutes', { count: type.minutes })}</span>
            {n < 9 ? <Kbd keys={`Alt+${n + 1}`} /> : null}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Which type a key means, or undefined. */
export function typeOfKey(event: KeyboardEvent, types: readonly VisitType[]): VisitType | undefined {
  const digit = /^Digit([1-9])$/.exec(event.code)
  if (!event.altKey || !digit) return undefined
  return types[Number(digit[1]) - 1]
}
