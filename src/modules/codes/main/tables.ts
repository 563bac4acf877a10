// Which editions were loaded, and how often codes are written down here.
import { localTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/**
 * An edition an administrator loaded. The codes themselves are public and lie in a file of the clinic's folder, not in
 * the database: sync has to carry that file to other workstations, by its digest (docs/adr/0015).
 */
export const codeSetEdition = syncedTable('code_set_edition', 90, 'plain', {
  origin: {
    catalogue: 'text',
    edition: 'text',
    file_name: 'text',
    loaded_at: 'text',
    loaded_by: 'text',
  },
  content: {
    /** waiting, reading, ready, refused. */
    status: 'text',
    file: 'text?',
    /** SHA-256 of the file, hexadecimal. */
    digest: 'text?',
    rows: 'int?',
    added: 'int?',
    gone: 'int?',
    changed: 'int?',
    gone_in_use: 'int?',
    fault: 'text?',
    fault_line: 'int?',
  },
  /** 1 for the one edition of a catalogue that is searched; none means the bundled one. */
  use: { in_use: 'int' },
})

/** How often each person wrote a code down on this workstation: only for the order of suggestions. */
export const codeUse = localTable('code_use', {
  kind: 'text',
  code: 'text',
  user_id: 'text',
  uses: 'int',
  last_used: 'text',
})

declare module '#core/store/database.ts' {
  interface Database {
    code_set_edition: RowOf<typeof codeSetEdition>
    code_use: RowOf<typeof codeUse>
  }
}
