// Adds an empty row to one of the form's lists and puts the cursor into it.
import { useFormContext } from 'react-hook-form'
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
  return (list) => {
    const rows = getValues(list)
    const at = rows.length
    setValue(list, [...rows, emptyRow[list]()] as PatientFormValues[RowList], { shouldDirty: true })
    // After the row is drawn.
    setTimeout(() => setFocus(`${list}.${at}.${firstField[list]}` as Parameters<typeof setFocus>[0]), 0)
  }
}
