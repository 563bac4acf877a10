// Which item of a record a patient means: its kind, then the one, by title and date only.
import { useRead } from '#renderer/api/hooks.ts'
import type { PatientId } from '#shared/ids.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { type Amendable, amendable, privacy } from '../shared/contract.ts'
import { usePrivacyWords } from './words.tsx'

interface ItemPickerProps {
  readonly patientId: PatientId
  readonly table: Amendable
  readonly id: string
  readonly onTable: (table: Amendable) => void
  readonly onId: (id: string) => void
}

export function ItemPicker({ patientId, table, id, onTable, onId }: ItemPickerProps) {
  const { t, f } = usePrivacyWords()
  const found = useRead(privacy, 'items', { patientId, table })
  const items = found.data?.items ?? []
  return (
    <>
      <SelectField
        label={t('item.kind')}
        value={table}
        onChange={(next) => {
          onTable(next)
          onId('')
        }}
        choices={amendable.map((value) => ({ value, label: t(`table.${value}`) }))}
      />
      <SelectField
        label={t('item.which')}
        value={id}
        onChange={onId}
        hint={found.data && items.length === 0 ? t('item.none') : undefined}
        choices={[
          { value: '', label: t('item.choose') },
          ...items.map((item) => ({
            value: item.id,
            label: item.at === null ? item.title : `${item.title}, ${f.clinicalTime(item.at, 'date')}`,
          })),
        ]}
      />
    </>
  )
}
