// A visit within 30 days before or after now ties its provider to the patient (SECURITY 4.1 rule 2).
import type { RelationSource } from '#core/rpc/module.ts'
import { visitWith } from './queries.ts'

const tieMs = 30 * 86_400_000

export const byAppointment: RelationSource = {
  name: 'appointment',
  isRelated: (read, userId, patientId, now) => {
    const at = Date.parse(now)
    const range = { from: new Date(at - tieMs).toISOString(), to: new Date(at + tieMs).toISOString() }
    return read.get(visitWith, { userId, patientId, ...range }) !== undefined
  },
}
