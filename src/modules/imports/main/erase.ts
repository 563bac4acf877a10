// What imports hold of an erased patient beside the originals: staged parts that were never filed, and names of files,
// since a file is often named after the patient it is about.
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery } from '#core/store/reader.ts'
import { keyText } from './references.ts'
import { importFile, importGroup } from './tables.ts'

const patientSources = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(['source_ns', 'source_id'])
    .where('patient_id', '=', p.patient)
    .where('resource_type', '=', 'Patient')
    .distinct(),
)
const filesOfPatient = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('import_file')
    .selectAll()
    .where('name', '<>', '')
    .where('batch_id', 'in', (q) =>
      q.selectFrom('source_resource').select('batch_id').where('patient_id', '=', p.patient),
    ),
)

export function eraseImports(ctx: CommandContext, patientId: string): void {
  for (const source of ctx.read.all(patientSources, { patient: patientId })) {
    const key = keyText([source.source_ns, 'Patient', source.source_id])
    ctx.write.deleteLocal(importGroup, { group_key: key })
  }
  for (const file of ctx.read.all(filesOfPatient, { patient: patientId }))
    ctx.write.putLocal(importFile, { ...file, name: '' })
}
