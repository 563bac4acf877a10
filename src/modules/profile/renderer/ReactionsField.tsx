// What happens: usual reactions to tick, others to type. Enter in the box adds; in an empty box it saves the form.
import { useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { IconButton } from '#ui/Button.tsx'
import { TextField } from '#ui/TextField.tsx'
import { Cross } from '@blueprintjs/icons'
import { profileTexts, usualReactions } from './i18n.ts'

export interface ReactionsFieldProps {
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase()

export function ReactionsField({ value, onChange }: ReactionsFieldProps) {
  const t = useTexts(profileTexts)
  const [typed, setTyped] = useState('')
  const has = (text: string) => value.some((v) => same(v, text))
  const add = (text: string) => {
    const clean = text.trim()
    if (clean !== '' && !has(clean) && value.length < 20) onChange([...value, clean])
    setTyped('')
  }
  const remove = (text: string) => onChange(value.filter((v) => v !== text))
  const usual = usualReactions.map((name) => t(`reaction.${name}`))
  const fitting = usual.filter(
    (text) => !has(text) && text.toLocaleLowerCase().startsWith(typed.trim().toLocaleLowerCase()),
  )
  return (
    <fieldset className="os-field os-fieldset pf-reactions">
      <TextField
        label={t('field.reactions')}
        optional
        value={typed}
        onChange={setTyped}
        maxLength={200}
        placeholder={t('reaction.placeholder')}
        onBlur={() => add(typed)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed.trim() === '') return
          event.preventDefault()
          add(fitting[0] ?? typed)
        }}
      />
      {value.length > 0 ? (
        <ul className="pf-chips" aria-label={t('field.reactions')}>
          {value.map((text) => (
            <li key={text} className="pf-chip pf-chip-on">
              <bdi>{text}</bdi>
              <IconButton
                icon={<Cross size={12} />}
                label={t('reaction.remove', { text })}
                onClick={() => remove(text)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="pf-chips">
        {fitting.slice(0, 10).map((text) => (
          <button
            key={text}
            type="button"
            className="pf-chip"
            // Before the box loses the focus and adds the half-typed word.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => add(text)}
          >
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
