// Understood directions in plain English. Reading these words gives the same meaning again: a test holds them to it.
import { adviceText, reasonText } from './extras.ts'
import type {
  DoseUnit,
  Duration,
  Frequency,
  Maximum,
  Quantity,
  Route,
  Sig,
  Site,
  Weekday,
  When,
} from './types.ts'

const unitsEn: Readonly<Record<DoseUnit, readonly [one: string, many: string]>> = {
  tablet: ['tablet', 'tablets'],
  capsule: ['capsule', 'capsules'],
  ml: ['ml', 'ml'],
  mg: ['mg', 'mg'],
  g: ['g', 'g'],
  mcg: ['micrograms', 'micrograms'],
  unit: ['unit', 'units'],
  iu: ['IU', 'IU'],
  mmol: ['mmol', 'mmol'],
  meq: ['mEq', 'mEq'],
  drop: ['drop', 'drops'],
  puff: ['puff', 'puffs'],
  inhalation: ['inhalation', 'inhalations'],
  spray: ['spray', 'sprays'],
  patch: ['patch', 'patches'],
  suppository: ['suppository', 'suppositories'],
  pessary: ['pessary', 'pessaries'],
  sachet: ['sachet', 'sachets'],
  lozenge: ['lozenge', 'lozenges'],
  ampoule: ['ampoule', 'ampoules'],
  vial: ['vial', 'vials'],
  teaspoon: ['teaspoon', 'teaspoons'],
  tablespoon: ['tablespoon', 'tablespoons'],
  application: ['application', 'applications'],
}

const routesEn: Readonly<Record<Route, string>> = {
  oral: 'by mouth',
  sublingual: 'under the tongue',
  buccal: 'buccally',
  intramuscular: 'into the muscle',
  intravenous: 'into a vein',
  subcutaneous: 'under the skin',
  intradermal: 'into the skin',
  rectal: 'into the rectum',
  vaginal: 'into the vagina',
  inhalation: 'inhaled',
  nebulised: 'by nebuliser',
  nasal: 'into the nose',
  eye: 'into the eye',
  ear: 'into the ear',
  topical: 'on the skin',
  transdermal: 'as a skin patch',
}
const sitesEn: Readonly<Record<Site, string>> = {
  'left-eye': 'into the left eye',
  'right-eye': 'into the right eye',
  'both-eyes': 'into both eyes',
  'affected-eye': 'into the affected eye',
  'left-ear': 'into the left ear',
  'right-ear': 'into the right ear',
  'both-ears': 'into both ears',
  'affected-ear': 'into the affected ear',
  'each-nostril': 'into each nostril',
  'left-nostril': 'into the left nostril',
  'right-nostril': 'into the right nostril',
  'affected-area': 'to the affected area',
  skin: 'to the skin',
  scalp: 'to the scalp',
  face: 'to the face',
}
const whensEn: Readonly<Record<When, string>> = {
  morning: 'in the morning',
  noon: 'at noon',
  afternoon: 'in the afternoon',
  evening: 'in the evening',
  night: 'at night',
  bedtime: 'at bedtime',
  'before-breakfast': 'before breakfast',
  'with-breakfast': 'with breakfast',
  'after-breakfast': 'after breakfast',
  'before-lunch': 'before lunch',
  'with-lunch': 'with lunch',
  'after-lunch': 'after lunch',
  'before-dinner': 'before dinner',
  'with-dinner': 'with dinner',
  'after-dinner': 'after dinner',
}
const daysEn: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}
const periodsEn = {
  min: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  wk: ['week', 'weeks'],
  mo: ['month', 'months'],
} as const

export function wordsEn(sig: Sig): string {
  return [
    [sig.method, doseEn(sig), wayEn(sig)].filter(isText).join(' '),
    sig.frequency ? frequencyEn(sig.frequency) : null,
    sig.duration ? `for ${spanEn(sig.duration)}` : null,
    needEn(sig),
    sig.max ? maximumEn(sig.max) : null,
    ...sig.additional.map(adviceText),
    sig.quantity ? `supply ${quantityEn(sig.quantity)}` : null,
    sig.refills === null ? null : refillsEn(sig.refills),
  ]
    .filter(isText)
    .join(', ')
}
const wayEn = ({ site, route }: Sig) => (site ? sitesEn[site] : route ? routesEn[route] : '')
const isText = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && text !== ''

/** Thirds have no end in decimals; everything else is said as a decimal, never with a bare point. */
export function numberText(n: number): string {
  const whole = Math.floor(n)
  const rest = n - whole
  const third = Math.abs(rest - 1 / 3) < 1e-9 ? '1/3' : Math.abs(rest - 2 / 3) < 1e-9 ? '2/3' : null
  if (third) return whole === 0 ? third : `${whole} ${third}`
  return String(n)
}

export function quantityEn({ value, unit }: Quantity): string {
  return unit === null ? numberText(value) : `${numberText(value)} ${unitEn(unit, value)}`
}
const unitEn = (unit: DoseUnit, n: number) => unitsEn[unit][n > 1 ? 1 : 0]

function doseEn({ dose }: Sig): string {
  if (!dose) return ''
  const { low, high, unit } = dose
  const amount = high === null ? numberText(low) : `${numberText(low)} to ${numberText(high)}`
  return `${amount} ${unitEn(unit, high ?? low)}`
}

const countWords = ['', 'once', 'twice']

function frequencyEn(f: Frequency): string {
  const named = [listEn(f.whens.map((w) => whensEn[w])), clockEn(f.clock), weekdaysEn(f)].filter(isText)
  return [oftenEn(f), ...named].filter(isText).join(', ')
}
const clockEn = (clock: readonly string[]) => (clock.length === 0 ? '' : `at ${listEn(clock)}`)
const weekdaysEn = (f: Frequency) =>
  f.weekdays.length === 0 ? '' : `on ${listEn(f.weekdays.map((d) => daysEn[d]))}`

function oftenEn(f: Frequency): string {
  if (f.periodUnit === 'once') return 'as a single dose'
  const unit = periodsEn[f.periodUnit]
  if (f.period > 1 || f.periodHigh !== null || f.periodUnit === 'h' || f.periodUnit === 'min') {
    const span = f.periodHigh === null ? String(f.period) : `${f.period} to ${f.periodHigh}`
    return f.period === 1 && f.periodHigh === null ? `every ${unit[0]}` : `every ${span} ${unit[1]}`
  }
  if (f.times === 0) return `up to ${timesEn(f.timesHigh ?? 1)} a ${unit[0]}`
  const times = f.timesHigh === null ? timesEn(f.times) : `${f.times} to ${f.timesHigh} times`
  return `${times} a ${unit[0]}`
}
const timesEn = (n: number) => countWords[n] ?? `${n} times`

const spanEn = ({ low, high, unit }: Duration) =>
  high === null ? `${low} ${periodsEn[unit][low === 1 ? 0 : 1]}` : `${low} to ${high} ${periodsEn[unit][1]}`

function needEn({ asNeeded, reasons }: Sig): string | null {
  const list = reasons.map(reasonText).join(' or ')
  if (asNeeded) return list === '' ? 'when needed' : `when needed for ${list}`
  return list === '' ? null : `for ${list}`
}

function maximumEn({ value, unit, period, periodUnit }: Maximum): string {
  const named =
    unit === null ? '' : unit === 'dose' ? ' doses' : unit === 'times' ? ' times' : ` ${unitEn(unit, value)}`
  const span = periodUnit === 'h' ? `in ${period} hours` : `a ${periodsEn[periodUnit][0]}`
  return `at most ${numberText(value)}${named} ${span}`
}

const refillsEn = (n: number) => (n === 0 ? 'no refills' : n === 1 ? '1 refill' : `${n} refills`)

function listEn(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}
