// Words that stand for units, spans of time and days. Missing on purpose, so that they stay as written: "u" (read as 0),
// "cc", "sq", "od", "os", "ou", "ad", "as", "au", "biweekly", "tiw".
import type { DoseUnit, PeriodUnit, Weekday } from './types.ts'

export const unitWords: Readonly<Record<string, DoseUnit>> = table({
  tablet: 'tab tabs tablet tablets',
  capsule: 'cap caps capsule capsules',
  ml: 'ml mls millilitre millilitres milliliter milliliters',
  mg: 'mg mgs milligram milligrams',
  g: 'g gm gram grams',
  mcg: 'mcg mcgs ug µg μg microgram micrograms',
  unit: 'unit units',
  iu: 'iu',
  mmol: 'mmol',
  meq: 'meq',
  drop: 'drop drops gtt gtts',
  puff: 'puff puffs',
  inhalation: 'inhalation inhalations',
  spray: 'spray sprays',
  patch: 'patch patches',
  suppository: 'suppository suppositories supp',
  pessary: 'pessary pessaries',
  sachet: 'sachet sachets',
  lozenge: 'lozenge lozenges',
  ampoule: 'ampoule ampoules ampule ampules',
  vial: 'vial vials',
  teaspoon: 'teaspoon teaspoons teaspoonful tsp',
  tablespoon: 'tablespoon tablespoons tablespoonful tbsp',
  application: 'application applications',
} satisfies Record<DoseUnit, string>)

export const periodWords: Readonly<Record<string, PeriodUnit>> = table({
  min: 'minute minutes min mins',
  h: 'hour hours hr hrs h',
  d: 'day days d',
  wk: 'week weeks wk wks',
  mo: 'month months mth mths',
} satisfies Record<PeriodUnit, string>)

export const weekdayWords: Readonly<Record<string, Weekday>> = table({
  mon: 'mon monday mondays',
  tue: 'tue tues tuesday tuesdays',
  wed: 'wed weds wednesday wednesdays',
  thu: 'thu thur thurs thursday thursdays',
  fri: 'fri friday fridays',
  sat: 'sat saturday saturdays',
  sun: 'sun sunday sundays',
} satisfies Record<Weekday, string>)

/** Units that measure: a decimal comma before them can only be a decimal comma. */
export const measuredUnits: ReadonlySet<DoseUnit> = new Set(['ml', 'mg', 'g', 'mcg', 'mmol', 'meq'])

/** Units of whole pieces. */
export const countedUnits: ReadonlySet<DoseUnit> = new Set([
  'tablet',
  'capsule',
  'drop',
  'puff',
  'inhalation',
  'spray',
  'patch',
  'suppository',
  'pessary',
  'sachet',
  'lozenge',
  'ampoule',
  'vial',
])

function table<K extends string>(source: Readonly<Record<K, string>>): Record<string, K> {
  const words: Record<string, K> = Object.create(null) as Record<string, K>
  for (const key of Object.keys(source) as K[]) {
    for (const word of source[key].split(' ')) words[word] = key
  }
  return words
}
