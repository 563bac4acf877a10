// Where a click on a patient leads: the chart for those who read notes, the details of the person for the others.
import { useMe } from '#renderer/api/session-store.ts'
import { type Role, scopeOf } from '#shared/permissions.ts'

export const readsCharts = (role: Role): boolean =>
  role !== 'patient' && scopeOf(role, 'notes', 'R') !== undefined

export const patientPath = (role: Role, id: string): string =>
  readsCharts(role) ? `/patients/${id}` : `/patients/${id}/details`

export function usePatientPath(): (id: string) => string {
  const { role } = useMe()
  return (id) => patientPath(role, id)
}
