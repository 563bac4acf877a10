// Who may see what is marked: the colleagues to tick, and who is on the list though no colleague any more.
import { people } from '#modules/people/shared/contract.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { UserId } from '#shared/ids.ts'
import { Checkbox } from '#ui/SelectField.tsx'
import { accessTexts } from './i18n.ts'

interface Reader {
  readonly userId: UserId
  readonly name: string
}

export interface ReadersFieldProps {
  readonly value: readonly UserId[]
  readonly onChange: (readers: readonly UserId[]) => void
  /** Who set the mark sees the item anyway. */
  readonly setter: UserId
  /** Who was on the list when it was opened. */
  readonly former?: readonly Reader[]
}

const none: readonly Reader[] = []

export function ReadersField({ value, onChange, setter, former = none }: ReadersFieldProps) {
  const t = useTexts(accessTexts)
  const colleagues = useRead(people, 'directory', {})
  const here = (colleagues.data ?? []).filter(({ id }) => id !== setter)
  const left = former.filter(({ userId }) => !here.some(({ id }) => id === userId))
  const all = [...here.map(({ id, name }) => ({ userId: id, name })), ...left]
  return (
    <fieldset className="os-fieldset os-field">
      <legend className="os-label">{t('marks.readers')}</legend>
      <div className="acc-readers">
        {all.map(({ userId, name }) => (
          <Checkbox
            key={userId}
            checked={value.includes(userId)}
            onChange={(on) => onChange(on ? [...value, userId] : value.filter((id) => id !== userId))}
          >
            <bdi>{name}</bdi>
          </Checkbox>
        ))}
        {colleagues.data && all.length === 0 ? <p className="os-dim">{t('marks.nobodyElse')}</p> : null}
      </div>
      <p className="os-hint">{t('marks.readersHint')}</p>
    </fieldset>
  )
}
