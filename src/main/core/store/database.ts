// The typed map of all tables. Core adds its own; each module adds its tables by declaration merging in `main/tables.ts`:
//   declare module '#core/store/database.ts' { interface Database { patient: RowOf<typeof patient> } }

/** Empty here: filled by declaration merging. */
export interface Database {}

export type TableName = Extract<keyof Database, string>
