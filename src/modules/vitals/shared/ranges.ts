// Which values are marked, by age, and who says so. Pure data and one lookup; every table names its source.
// A range says what is unusual, not what to do. Without a birth date nothing is marked.
import type { PartKey } from './signs.ts'

/** Shown beside the range; citations are not translated. */
export const sources = {
  news2: 'Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017',
  fleming: 'Fleming et al., Lancet 2011; 377: 1011-1018, 1st to 99th centile',
  esh: 'ESC/ESH Guidelines for arterial hypertension, Eur Heart J 2018; 39: 3021-3104, office grades; low: NEWS2',
  aap: 'AAP, Flynn et al., Pediatrics 2017; 140: e20171904, table 6; low: AHA Pediatric Advanced Life Support 2020',
  nice: 'NICE NG143 (2019) fever in under 5s and NG51 (2016) sepsis',
  who: 'WHO Technical Report Series 894 (2000), body mass index of adults',
  serlin: 'Serlin et al., Pain 1995; 61: 277-284',
} as const
export type SourceKey = keyof typeof sources

export interface Range {
  /** Values below `low` or above `high` are marked; the two further limits mark what is far outside. */
  readonly low: number | null
  readonly high: number | null
  readonly criticalLow: number | null
  readonly criticalHigh: number | null
  readonly source: SourceKey
}

export interface Age {
  readonly days: number
  readonly months: number
  readonly years: number
}

/** FHIR interpretation codes: low, high, far outside, normal. */
export type Interpretation = 'LL' | 'L' | 'N' | 'H' | 'HH'

const range = (
  source: SourceKey,
  low: number | null,
  high: number | null,
  criticalLow: number | null = null,
  criticalHigh: number | null = null,
): Range => ({ low, high, criticalLow, criticalHigh, source })

/** NEWS2 is for 16 years and over. Marked from 1 point; far outside is what scores 3 by itself. */
const news2 = {
  'heart-rate': range('news2', 51, 90, 41, 130),
  'respiratory-rate': range('news2', 12, 20, 9, 24),
  temperature: range('news2', 36.1, 38, 35.1, null),
  'oxygen-saturation': range('news2', 96, null, 92, null),
} as const
const news2FromYears = 16

/** Upper end of the band in months, then 1st and 99th centile of heart rate and of respiratory rate. */
const fleming: readonly (readonly [number, number, number, number, number])[] = [
  [3, 107, 181, 25, 66],
  [6, 104, 175, 24, 64],
  [9, 98, 168, 23, 61],
  [12, 93, 161, 22, 58],
  [18, 88, 156, 21, 53],
  [24, 82, 149, 19, 46],
  [36, 76, 142, 18, 38],
  [48, 70, 136, 17, 33],
  [72, 65, 131, 17, 29],
  [96, 59, 123, 16, 27],
  [144, 52, 115, 14, 25],
  [180, 47, 108, 12, 23],
  [216, 43, 104, 11, 22],
]
/** On the day of birth the heart is slower than in the weeks after. */
const flemingBirth: readonly [number, number] = [90, 164]

/** Screening values that need a second look, by year of age 1 to 12: systolic and diastolic of boys, of girls. */
const aapScreening: readonly (readonly [number, number, number, number])[] = [
  [98, 52, 98, 54],
  [100, 55, 101, 58],
  [101, 58, 102, 60],
  [102, 60, 103, 62],
  [103, 63, 104, 64],
  [105, 66, 105, 67],
  [106, 68, 106, 68],
  [107, 69, 107, 69],
  [107, 70, 108, 71],
  [108, 72, 109, 72],
  [110, 74, 111, 74],
  [113, 75, 114, 75],
]

export function rangeFor(
  part: PartKey | 'bmi',
  age: Age | null,
  gender: 'female' | 'male' | 'other' | 'unknown',
): Range | null {
  if (part === 'pain') return range('serlin', null, 4, null, 6)
  if (age === null) return null
  const isAdult = age.years >= news2FromYears
  switch (part) {
    case 'bmi':
      return age.years >= 18 ? range('who', 18.5, 24.9, 16, 39.9) : null
    case 'systolic':
    case 'diastolic':
      return isAdult ? adultPressure[part] : childPressure(part, age, gender)
    case 'temperature':
      return isAdult ? news2.temperature : range('nice', 36, 37.9, null, age.months < 3 ? 37.9 : null)
    case 'oxygen-saturation':
      return isAdult ? news2[part] : range('nice', 96, null, 90, null)
    case 'heart-rate':
    case 'respiratory-rate':
      return isAdult ? news2[part] : childRate(part, age)
    case 'weight':
    case 'height':
    case 'head-circumference':
      return null
  }
}

/** High from grade 1 (140/90), far outside from grade 3 (180/110). Low: what scores 2 and 3 points in NEWS2. */
const adultPressure = {
  systolic: range('esh', 101, 139, 91, 179),
  diastolic: range('esh', null, 89, null, 109),
} as const

function childRate(part: 'heart-rate' | 'respiratory-rate', age: Age): Range | null {
  const band = fleming.find(([until]) => age.months < until)
  if (!band) return null
  const [, heartLow, heartHigh, breathLow, breathHigh] = band
  if (part === 'respiratory-rate') return range('fleming', breathLow, breathHigh)
  return age.days < 1 ? range('fleming', ...flemingBirth) : range('fleming', heartLow, heartHigh)
}

function childPressure(part: 'systolic' | 'diastolic', age: Age, gender: string): Range | null {
  const low = part === 'systolic' ? hypotension(age) : null
  if (age.years >= 13) {
    const [high, critical] = part === 'systolic' ? [129, 139] : [79, 89]
    return range('aap', low, high, low, critical)
  }
  const row = aapScreening[age.years - 1]
  if (!row) return low === null ? null : range('aap', low, null, low, null)
  const [boySystolic, boyDiastolic, girlSystolic, girlDiastolic] = row
  const [boy, girl] = part === 'systolic' ? [boySystolic, girlSystolic] : [boyDiastolic, girlDiastolic]
  const first = gender === 'male' ? boy : gender === 'female' ? girl : Math.min(boy, girl)
  return range('aap', low, first - 1, low, null)
}

/** Systolic pressure below which PALS speaks of hypotension: 60 in the first month, 70 in infants, 70 + 2 x years, 90 from ten. */
function hypotension(age: Age): number {
  if (age.days <= 28) return 60
  if (age.years < 1) return 70
  return age.years < 10 ? 70 + 2 * age.years : 90
}

/** `null` where there is no range to judge by. `value` is in the unit the range is given in, rounded as it is read. */
export function interpret(value: number, by: Range | null): Interpretation | null {
  if (!by) return null
  if (by.criticalLow !== null && value < by.criticalLow) return 'LL'
  if (by.criticalHigh !== null && value > by.criticalHigh) return 'HH'
  if (by.low !== null && value < by.low) return 'L'
  if (by.high !== null && value > by.high) return 'H'
  return 'N'
}

const severity: { readonly [I in Interpretation]: number } = { N: 0, L: 1, H: 1, LL: 2, HH: 2 }

/** Of two parts of one value the worse one names the whole; of equal ones the first. */
export function worse(a: Interpretation | null, b: Interpretation | null): Interpretation | null {
  if (a === null || b === null) return a ?? b
  return severity[b] > severity[a] ? b : a
}

/** Whole units of life on a calendar day; parts of a birth date that are not known count as the first. */
export function ageAt(birthDate: string | null, on: string): Age | null {
  if (birthDate === null) return null
  const [y = 1, m = 1, d = 1] = birthDate.split('-').map(Number)
  const [oy = 1, om = 1, od = 1] = on.split('-').map(Number)
  const days = Math.round((Date.UTC(oy, om - 1, od) - Date.UTC(y, m - 1, d)) / 86_400_000)
  if (days < 0) return null
  const months = (oy - y) * 12 + (om - m) - (od < d ? 1 : 0)
  return { days, months, years: Math.floor(months / 12) }
}
