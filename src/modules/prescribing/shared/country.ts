// Where "od" is how doctors write once a day. Elsewhere it may be the right eye, and stays as written.
import type { DoseUnit, SigContext } from './sig/index.ts'

const writesOd = new Set([
  'GB',
  'IE',
  'AU',
  'NZ',
  'IN',
  'ZA',
  'NG',
  'KE',
  'MT',
  'SG',
  'MY',
  'HK',
  'PK',
  'LK',
  'BD',
  'GH',
  'UG',
])

export const odIsDailyIn = (country: string): boolean => writesOd.has(country)
export const sigContextFor = (country: string, unit: DoseUnit | null): SigContext => ({
  unit,
  odIsDaily: odIsDailyIn(country),
})
