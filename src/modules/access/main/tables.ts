// Marks on what only some may see, and who these are.
import { patientTable, type RowOf } from '#core/store/table-def.ts'

/** On a whole patient (`patient`, own id), a visit (with all that belongs to it), a note, a result, a document ... */
export const sensitivityLabel = patientTable('sensitivity_label', 154, 'plain', {
  label: { target_table: 'text', target_id: 'text', flag: 'text', set_by: 'text', set_at: 'text' },
})

/** Need to know: who may see the marked item, besides the person who set the mark. */
export const sensitivityReader = patientTable('sensitivity_reader', 155, 'plain', {
  reader: { label_id: 'text', user_id: 'text' },
})

declare module '#core/store/database.ts' {
  interface Database {
    sensitivity_label: RowOf<typeof sensitivityLabel>
    sensitivity_reader: RowOf<typeof sensitivityReader>
  }
}
