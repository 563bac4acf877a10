// Ticking the roles of a person, each with what it is for.
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { type Role, roles } from '#shared/permissions.ts'
import { Checkbox } from '#ui/SelectField.tsx'
import { peopleTexts } from './i18n.ts'

export interface RoleChoiceProps {
  readonly value: readonly Role[]
  readonly onChange: (value: Role[]) => void
  readonly error?: string | undefined
}

export function RoleChoice({ value, onChange, error }: RoleChoiceProps) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const toggle = (role: Role, isOn: boolean) =>
    onChange(roles.filter((name) => (name === role ? isOn : value.includes(name))))
  return (
    <fieldset className="os-field os-fieldset">
      <legend className="os-label">{t('add.roles')}</legend>
      <div className="people-roles">
        {roles.map((role) => (
          <Checkbox key={role} checked={value.includes(role)} onChange={(isOn) => toggle(role, isOn)}>
            {common(`role.${role}`)} <span className="os-dim os-sm">{t(`role.about.${role}`)}</span>
          </Checkbox>
        ))}
      </div>
      {error ? (
        <div className="os-error" role="alert">
          {error}
        </div>
      ) : null}
      <div className="os-hint">{t('add.rolesHint')}</div>
    </fieldset>
  )
}
