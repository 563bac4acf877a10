// What other modules may ask of the clinic: its name, region and policies.
import type { Reader } from '#core/store/reader.ts'
import type { Clinic } from '../shared/contract.ts'
import { clinicRow } from './queries.ts'

export { readSetting, type Setting, setting, writeSetting } from './settings.ts'

/** Every opened database has its clinic: creating one writes it in the first transaction. */
export function clinicOf(read: Reader): Clinic & { readonly id: string } {
  const row = read.get(clinicRow, {})
  if (!row) throw new Error('this database has no clinic')
  return {
    id: row.id,
    rev: row.rev,
    name: row.name,
    country: row.country,
    timeZone: row.time_zone,
    currency: row.currency,
    locale: row.locale,
    oneCareTeam: row.one_care_team === 1,
    isDemo: row.is_demo === 1,
  }
}
