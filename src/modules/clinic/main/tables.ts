// The clinic itself and its shared settings.
import { type RowOf, syncedTable } from '#core/store/table-def.ts'

export const clinic = syncedTable('clinic', 20, 'plain', {
  identity: { name: 'text', country: 'text' },
  /** IANA zone and ISO 4217 currency: every date and amount on paper depends on them. */
  region: { time_zone: 'text', currency: 'text', locale: 'text' },
  policy: { one_care_team: 'int', is_demo: 'int' },
})

declare module '#core/store/database.ts' {
  interface Database {
    clinic: RowOf<typeof clinic>
  }
}
