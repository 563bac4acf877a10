// Adds an empty row to one of the form's lists and puts the cursor into it.
import { useFormContext } from 'react-hook-form'
import { useMe } from '#renderer/api/session-store.ts'
import { emptyRow, type PatientFormValues, type RowList } from './patient-form.ts'

/** The part of a row one types into first. */
const firstField = {
  identifiers: 'value',
  telecoms: 'value',
  addresses: 'lines',
  contacts: 'name',
  otherNames: 'text',
} as const satisfies Record<RowList, string>

export function useAddRow(): (list: RowList) => void {
  const { getValues, setValue, setFocus } = useFormContext<PatientFormValues>()
  const { clinic } = useMe()
  return (list) => {
    const rows = getValues(list)
    const at = rows.length
    const row = emptyRow[list]()
    // Most patients live where the clinic is.
    const added = 'country' in row ? { ...row, country: clinic.country } : row
    setValue(list, [...rows, added] as PatientFormValues[RowList], { shouldDirty: true })
    // After the row is drawn.
    setTimeout(() => setFocus(`${list}.${at}.${firstField[list]}` as Parameters<typeof setFocus>[0]), 0)
  }
}
