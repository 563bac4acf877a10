// Whose patients the imported ones become: all doctors and nurses, or chosen ones. A doctor imports for the own team.
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { people } from '#modules/people/shared/contract.ts'
import { Card } from '#ui/Card.tsx'
import { Checkbox, RadioRow } from '#ui/SelectField.tsx'
import { importTexts } from './i18n.ts'

/** `null` stands for all. */
export type Team = ReadonlySet<string> | null

export interface CareTeamCardProps {
  readonly team: Team
  readonly onChange: (team: Team) => void
  /** The person at work imports for the own care team only. */
  readonly isOwn: boolean
}

export function CareTeamCard({ team, onChange, isOwn }: CareTeamCardProps) {
  const t = useTexts(importTexts)
  if (isOwn) {
    return (
      <Card title={t('team.title')}>
        <p>{t('team.mine')}</p>
      </Card>
    )
  }
  return (
    <Card title={t('team.title')}>
      <div className="os-stack">
        <RadioRow
          label={t('team.text')}
          value={team ? 'chosen' : 'all'}
          onChange={(choice) => onChange(choice === 'all' ? null : new Set())}
          choices={[
            { value: 'all', label: t('team.all') },
            { value: 'chosen', label: t('team.chosen') },
          ]}
        />
        {team ? <Choose team={team} onChange={onChange} /> : null}
      </div>
    </Card>
  )
}

function Choose({ team, onChange }: { team: ReadonlySet<string>; onChange: (team: Team) => void }) {
  const t = useTexts(importTexts)
  const common = useTexts(commonTexts)
  const { list } = useFormats()
  const read = useRead(people, 'directory', {})
  const toggle = (id: string, isIn: boolean) => {
    const next = new Set(team)
    if (isIn) next.add(id)
    else next.delete(id)
    onChange(next)
  }
  return (
    <QueryView query={read} small>
      {(everybody) => (
        <fieldset className="im-team">
          <legend className="os-sr">{t('team.chosen')}</legend>
          {everybody
            .filter(({ roles }) => roles.includes('doctor') || roles.includes('nurse'))
            .map((person) => (
              <Checkbox
                key={person.id}
                checked={team.has(person.id)}
                onChange={(isIn) => toggle(person.id, isIn)}
              >
                <bdi>{person.name}</bdi>{' '}
                <span className="os-dim">{list(person.roles.map((role) => common(`role.${role}`)))}</span>
              </Checkbox>
            ))}
          {team.size === 0 ? <p className="os-error">{t('team.none')}</p> : null}
        </fieldset>
      )}
    </QueryView>
  )
}
