// The row that keeps an original as its source wrote it.
import type { StagedResource } from './staged.ts'

/** What every such row says, whatever became of the original here. */
export function sourceRow(batchId: string, patientId: string | null, item: StagedResource) {
  const [ns, type, id] = item.key
  return {
    batch_id: batchId,
    patient_id: patientId,
    source_ns: ns,
    resource_type: type,
    source_id: id,
    digest: item.digest,
    content: item.content,
    clinical_at: item.clinicalAt,
    title: item.title,
  }
}
