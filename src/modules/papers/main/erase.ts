// Papers of an erased patient that still wait for a printer: the document stands in the queue, so it goes with the patient.
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery } from '#core/store/reader.ts'
import { printJob } from './tables.ts'

const printsOf = preparedQuery<{ patient: string }>()((db, p) =>
  db.selectFrom('paper_print').select('id').where('patient_id', '=', p.patient),
)

export function erasePapers(ctx: CommandContext, patientId: string): void {
  for (const { id } of ctx.read.all(printsOf, { patient: patientId }))
    ctx.write.deleteLocal(printJob, { print_id: id })
}
