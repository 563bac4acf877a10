// The clinic itself and its shared settings.
import { type RowOf, syncedTable } from '#core/store/table-def.ts'

export const clinic = syncedTable('clinic', 20, 'plain', {
  identity: { name: 'text', country: 'text' },
  /** IANA zone and ISO 4217 currency: every date and amount on paper depends on them. */
  region: { time_zone: 'text', currency: 'text', locale: 'text' },
  policy: { one_care_team: 'int', is_demo: 'int' },
})

/** One row a name; absent until somebody changes what is built in. Which names there are is settings.ts. */
export const clinicSetting = syncedTable('clinic_setting', 153, 'plain', {
  setting: { name: 'text', value: 'text' },
})

declare module '#core/store/database.ts' {
  interface Database {
    clinic: RowOf<typeof clinic>
    clinic_setting: RowOf<typeof clinicSetting>
  }
}
