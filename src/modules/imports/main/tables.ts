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
    /** Key of the patient it names, while that patient is not known here: it is joined when the patient comes. */
    subject_key: 'text?',
    /** References of its row that pointed to nothing here yet; tried again when the same resource comes again. */
    open_refs: 'int',
    /** JSON, what filing it replaced (see main/former.ts); null when the resource was new. Undo reads it. */
    former: 'text?',
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
  mapped: 'int',
  kept: 'int',
  refused: 'int',
  /** JSON: what was read, by resource type. */
  found: 'text?',
})

/**
 * One patient's resources (or the clinic-level ones: group_key '') of one file, packed, until filed; then the content
 * is dropped. `content` comes last, so that counting by status never reads through it.
 */
export const importGroup = localTable('import_group', {
  batch_id: 'text',
  group_key: 'text',
  file_id: 'text',
  part: 'int',
  resources: 'int',
  /** waiting, done, refused. */
  status: 'text',
  content: 'blob',
})

/** Counts of a batch at work, kept beside its rows in each transaction; the batch itself gets them at the end. */
export const importProgress = localTable('import_progress', { batch_id: 'text', counts: 'text' })

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
    import_progress: RowOf<typeof importProgress>
    import_problem: RowOf<typeof importProblem>
  }
}
