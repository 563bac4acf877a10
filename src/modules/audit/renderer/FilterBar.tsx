// What the viewer shows: period, person, kind of act, data, outcome, way in, and for the privacy officer the patient.
import { people } from '#modules/people/shared/contract.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DateField } from '#ui/DateField.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { categories, doors, outcomes } from '../shared/contract.ts'
import { things } from '../shared/action-words.ts'
import type { ShownFilters } from './filters.ts'
import { PatientPick } from './PatientPick.tsx'
import { useAuditWords } from './words.ts'
import './audit.css'

export interface FilterBarProps {
  readonly shown: ShownFilters
  readonly set: (name: string, value: string | null) => void
  readonly clear: () => void
  readonly isAny: boolean
}

export function FilterBar({ shown, set, clear, isAny }: FilterBarProps) {
  const { t, thing, category, outcome, door } = useAuditWords()
  const may = useMay()
  const { filters } = shown
  const directory = useRead(people, 'directory', {}, { enabled: may('reviews.R') })
  const any = { value: '', label: t('filter.any') }
  const named = things.map((value) => ({ value: value as string, label: thing(value) }))
  named.sort((a, b) => a.label.localeCompare(b.label))
  return (
    <Card label={t('filter.title')}>
      <div className="au-filters">
        <DateField
          label={t('filter.from')}
          empty={t('filter.any')}
          value={shown.fromDay}
          onChange={(day) => set('from', day)}
        />
        <DateField
          label={t('filter.to')}
          empty={t('filter.any')}
          value={shown.toDay}
          onChange={(day) => set('to', day)}
        />
        {may('reviews.R') ? (
          <SelectField
            label={t('filter.person')}
            value={filters.person ?? ''}
            onChange={(value) => set('person', value)}
            choices={[
              any,
              ...(directory.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
              { value: 'none', label: t('log.nobody') },
            ]}
          />
        ) : null}
        <SelectField
          label={t('filter.thing')}
          value={filters.action?.split('.')[0] ?? ''}
          onChange={(value) => set('action', value)}
          choices={[any, ...named]}
        />
        <SelectField
          label={t('filter.category')}
          value={filters.category ?? ''}
          onChange={(value) => set('category', value)}
          choices={[any, ...categories.map((value) => ({ value: value as string, label: category(value) }))]}
        />
        <SelectField
          label={t('filter.outcome')}
          value={filters.outcome ?? ''}
          onChange={(value) => set('outcome', value)}
          choices={[any, ...outcomes.map((value) => ({ value: value as string, label: outcome(value) }))]}
        />
        <SelectField
          label={t('filter.door')}
          value={filters.door ?? ''}
          onChange={(value) => set('door', value)}
          choices={[any, ...doors.map((value) => ({ value: value as string, label: door(value) }))]}
        />
        {may('audit.X') && filters.aboutPatient === null ? (
          <PatientPick label={t('filter.patient')} onPick={(id) => set('patient', id)} />
        ) : null}
      </div>
      {isAny ? (
        <div className="au-clear">
          <Button small onClick={clear}>
            {t('filter.clear')}
          </Button>
        </div>
      ) : null}
    </Card>
  )
}
