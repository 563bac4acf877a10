// A person's password, or the recovery kit: the two things that open what is sealed.
import type { RestoreOpener } from '#shared/restore.ts'
import { RadioRow } from '#ui/SelectField.tsx'
import { PasswordField, TextAreaField, TextField } from '#ui/TextField.tsx'

type Way = RestoreOpener['kind']

export interface TypedOpener {
  readonly kind: Way
  readonly kit: string
  readonly username: string
  readonly password: string
}

export const emptyOpener = (kind: Way): TypedOpener => ({ kind, kit: '', username: '', password: '' })

/** `null` until the chosen way is typed in whole. */
export function openerOf({ kind, kit, username, password }: TypedOpener): RestoreOpener | null {
  if (kind === 'kit') return kit.trim() === '' ? null : { kind, kit }
  return username.trim() === '' || password === '' ? null : { kind, username: username.trim(), password }
}

export interface OpenerFieldsProps {
  readonly value: TypedOpener
  readonly onChange: (value: TypedOpener) => void
  /** In the order they are offered; one alone is not asked about. */
  readonly ways: readonly Way[]
  readonly words: Readonly<Record<'ask' | 'kit' | 'password' | 'kitCode' | 'username' | 'passwordOf', string>>
  readonly kitHint?: string | undefined
}

export function OpenerFields({ value, onChange, ways, words, kitHint }: OpenerFieldsProps) {
  const set = (changes: Partial<TypedOpener>) => onChange({ ...value, ...changes })
  return (
    <>
      {ways.length > 1 ? (
        <RadioRow
          label={words.ask}
          value={value.kind}
          onChange={(kind) => set({ kind })}
          choices={ways.map((way) => ({ value: way, label: words[way] }))}
        />
      ) : null}
      {value.kind === 'kit' ? (
        <TextAreaField
          label={words.kitCode}
          hint={kitHint}
          value={value.kit}
          onChange={(kit) => set({ kit })}
          rows={3}
          maxLength={400}
          autoFocus
        />
      ) : (
        <>
          <TextField
            label={words.username}
            value={value.username}
            onChange={(username) => set({ username })}
            dir="ltr"
            autoComplete="username"
            autoFocus
          />
          <PasswordField
            label={words.passwordOf}
            value={value.password}
            onChange={(password) => set({ password })}
          />
        </>
      )}
    </>
  )
}
