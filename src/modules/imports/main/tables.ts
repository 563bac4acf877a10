// Import batches, the originals they brought, and the local staging area between reading and filing.
import { localTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

export const importBatch = syncedTable('import_batch', 70, 'plain', {
  origin: { source_name: 'text', created_at: 'text', created_by: 'text', file_count: 'int' },
  /** staging, ready, running, done, cancelled, undoing, undone, discarded. */
  state: { status: 'text', finished_at: 'text?' },
  /** JSON: counts by outcome and resource type, see shared/contract.ts BatchCounts. */
  result: { counts: 'text?' },
})

/**
 * Every imported resource, byte for byte as received (deflated JSON), and the row it was mapped to, if any.
 * Finds a resource again on re-import by (source_ns, resource_type, source_id).
 */
export const sourceResource = syncedTable('source_resource', 71, 'append', {
  source: {
    batch_id: 'text',
    patient_id: 'text?',
    source_ns: 'text',
    resource_type: 'text',
    source_id: 'text',
    /** SHA-256 of the JSON text, hex: an unchanged resource is not imported again. */
    digest: 'text',
    content: 'blob',
    mapped_table: 'text?',
    mapped_id: 'text?',
    clinical_at: 'text?',
    title: 'text?',
  },
})

/** A field edited here and changed again by a re-import keeps the clinic's value; a person decides (DESIGN 5). */
export const importReview = syncedTable('import_review', 72, 'plain', {
  item: {
    batch_id: 'text',
    patient_id: 'text?',
    table_name: 'text',
    row_id: 'text',
    columns: 'text',
    created_at: 'text',
  },
  state: { resolved_at: 'text?', resolved_by: 'text?' },
})

export const importFile = localTable('import_file', {
  id: 'text',
  batch_id: 'text',
  name: 'text',
  size: 'int?',
  /** waiting, reading, read, refused. */
  status: 'text',
  resources: 'int',
  entries: 'int',
  refused: 'int',
})

/** One patient's resources (or the clinic-level ones: group_key '') of a batch, deflated, until filed. */
export const importGroup = localTable('import_group', {
  batch_id: 'text',
  group_key: 'text',
  part: 'int',
  file_id: 'text',
  resources: 'int',
  content: 'blob',
  /** waiting, done, refused. */
  status: 'text',
})

/** What could not be taken, with file, place and reason: counts and places only, no clinical text. */
export const importProblem = localTable('import_problem', {
  id: 'text',
  batch_id: 'text',
  file_id: 'text?',
  place: 'text',
  code: 'text',
  detail: 'text?',
})

declare module '#core/store/database.ts' {
  interface Database {
    import_batch: RowOf<typeof importBatch>
    source_resource: RowOf<typeof sourceResource>
    import_review: RowOf<typeof importReview>
    import_file: RowOf<typeof importFile>
    import_group: RowOf<typeof importGroup>
    import_problem: RowOf<typeof importProblem>
  }
}
