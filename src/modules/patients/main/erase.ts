// An erased patient named as next of kin of another: that record keeps the words it was given, the link between them goes.
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery } from '#core/store/reader.ts'
import { patientContact } from './tables.ts'

const linksTo = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('patient_contact')
    .select('id')
    .where('related_patient_id', '=', p.patient)
    .where('patient_id', '<>', p.patient)
    .where('voided_at', 'is', null),
)

export function erasePatientLinks(ctx: CommandContext, patientId: string): void {
  for (const { id } of ctx.read.all(linksTo, { patient: patientId }))
    ctx.write.update(patientContact, id, 'any', { related_patient_id: null })
}
