// Understood directions in Arabic, from the same structure as the English. Nouns follow their number.
import { numberText } from './words-en.ts'
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

/** One, two, three to ten, eleven and more. Units without forms stand as they are. */
type Noun = readonly [one: string, two: string, few: string, many: string]

const unitsAr: Readonly<Record<DoseUnit, Noun | string>> = {
  tablet: ['قرص واحد', 'قرصان', 'أقراص', 'قرصًا'],
  capsule: ['كبسولة واحدة', 'كبسولتان', 'كبسولات', 'كبسولة'],
  ml: 'مل',
  mg: 'ملغ',
  g: 'غ',
  mcg: 'ميكروغرام',
  unit: ['وحدة واحدة', 'وحدتان', 'وحدات', 'وحدة'],
  iu: 'وحدة دولية',
  mmol: 'ملي مول',
  meq: 'ملي مكافئ',
  drop: ['قطرة واحدة', 'قطرتان', 'قطرات', 'قطرة'],
  puff: ['بخة واحدة', 'بختان', 'بخات', 'بخة'],
  inhalation: ['استنشاق واحد', 'استنشاقان', 'استنشاقات', 'استنشاقًا'],
  spray: ['رشة واحدة', 'رشتان', 'رشات', 'رشة'],
  patch: ['لصقة واحدة', 'لصقتان', 'لصقات', 'لصقة'],
  suppository: ['تحميلة واحدة', 'تحميلتان', 'تحاميل', 'تحميلة'],
  pessary: ['تحميلة مهبلية واحدة', 'تحميلتان مهبليتان', 'تحاميل مهبلية', 'تحميلة مهبلية'],
  sachet: ['كيس واحد', 'كيسان', 'أكياس', 'كيسًا'],
  lozenge: ['قرص مص واحد', 'قرصا مص', 'أقراص مص', 'قرص مص'],
  ampoule: ['أمبولة واحدة', 'أمبولتان', 'أمبولات', 'أمبولة'],
  vial: ['قارورة واحدة', 'قارورتان', 'قوارير', 'قارورة'],
  teaspoon: ['ملعقة صغيرة واحدة', 'ملعقتان صغيرتان', 'ملاعق صغيرة', 'ملعقة صغيرة'],
  tablespoon: ['ملعقة كبيرة واحدة', 'ملعقتان كبيرتان', 'ملاعق كبيرة', 'ملعقة كبيرة'],
  application: ['دهنة واحدة', 'دهنتان', 'دهنات', 'دهنة'],
}
/** After a fraction the noun stands alone: "0.5 قرص". */
const bareUnits: Readonly<Partial<Record<DoseUnit, string>>> = {
  tablet: 'قرص',
  capsule: 'كبسولة',
  sachet: 'كيس',
  suppository: 'تحميلة',
  pessary: 'تحميلة مهبلية',
}
const routesAr: Readonly<Record<Route, string>> = {
  oral: 'عن طريق الفم',
  sublingual: 'تحت اللسان',
  buccal: 'داخل الخد',
  intramuscular: 'حقنًا في العضل',
  intravenous: 'حقنًا في الوريد',
  subcutaneous: 'حقنًا تحت الجلد',
  intradermal: 'حقنًا في الجلد',
  rectal: 'عن طريق الشرج',
  vaginal: 'عن طريق المهبل',
  inhalation: 'استنشاقًا',
  nebulised: 'بجهاز الرذاذ',
  nasal: 'في الأنف',
  eye: 'في العين',
  ear: 'في الأذن',
  topical: 'على الجلد',
  transdermal: 'لصقةً على الجلد',
}
const sitesAr: Readonly<Record<Site, string>> = {
  'left-eye': 'في العين اليسرى',
  'right-eye': 'في العين اليمنى',
  'both-eyes': 'في كلتا العينين',
  'affected-eye': 'في العين المصابة',
  'left-ear': 'في الأذن اليسرى',
  'right-ear': 'في الأذن اليمنى',
  'both-ears': 'في كلتا الأذنين',
  'affected-ear': 'في الأذن المصابة',
  'each-nostril': 'في كل فتحة أنف',
  'left-nostril': 'في فتحة الأنف اليسرى',
  'right-nostril': 'في فتحة الأنف اليمنى',
  'affected-area': 'على المنطقة المصابة',
  skin: 'على الجلد',
  scalp: 'على فروة الرأس',
  face: 'على الوجه',
}
const whensAr: Readonly<Record<When, string>> = {
  morning: 'صباحًا',
  noon: 'ظهرًا',
  afternoon: 'بعد الظهر',
  evening: 'مساءً',
  night: 'ليلًا',
  bedtime: 'عند النوم',
  'before-breakfast': 'قبل الفطور',
  'with-breakfast': 'مع الفطور',
  'after-breakfast': 'بعد الفطور',
  'before-lunch': 'قبل الغداء',
  'with-lunch': 'مع الغداء',
  'after-lunch': 'بعد الغداء',
  'before-dinner': 'قبل العشاء',
  'with-dinner': 'مع العشاء',
  'after-dinner': 'بعد العشاء',
}
const daysAr: Readonly<Record<Weekday, string>> = {
  mon: 'الاثنين',
  tue: 'الثلاثاء',
  wed: 'الأربعاء',
  thu: 'الخميس',
  fri: 'الجمعة',
  sat: 'السبت',
  sun: 'الأحد',
}
const periodsAr: Readonly<Record<Exclude<Frequency['periodUnit'], 'once'>, Noun>> = {
  min: ['دقيقة', 'دقيقتين', 'دقائق', 'دقيقة'],
  h: ['ساعة', 'ساعتين', 'ساعات', 'ساعة'],
  d: ['يوم', 'يومين', 'أيام', 'يومًا'],
  wk: ['أسبوع', 'أسبوعين', 'أسابيع', 'أسبوعًا'],
  mo: ['شهر', 'شهرين', 'أشهر', 'شهرًا'],
}
const inPeriod = { d: 'في اليوم', wk: 'في الأسبوع', mo: 'في الشهر', h: '', min: '' } as const
const timesNoun: Noun = ['مرة واحدة', 'مرتين', 'مرات', 'مرة']
const methodsAr = { apply: 'يُدهن', inject: 'يُحقن', inhale: 'يُستنشق', chew: 'يُمضغ', dissolve: 'يُذاب' } as const

export const adviceAr: Readonly<Record<string, string>> = {
  'with-food': 'مع الطعام',
  'with-meals': 'مع الوجبات',
  'after-food': 'بعد الطعام',
  'after-meals': 'بعد الوجبات',
  'with-or-after-food': 'مع الطعام أو بعده',
  'before-food': 'قبل الطعام',
  'before-meals': 'قبل الوجبات',
  'empty-stomach': 'على معدة فارغة',
  '30-min-before-food': 'قبل الطعام بثلاثين دقيقة',
  '30-min-before-breakfast': 'قبل الفطور بثلاثين دقيقة',
  '1-hour-before-food': 'قبل الطعام بساعة',
  '2-hours-after-food': 'بعد الطعام بساعتين',
  'with-water': 'مع الماء',
  'with-full-glass': 'مع كوب كامل من الماء',
  'with-milk': 'مع الحليب',
  'swallow-whole': 'يُبلع كاملًا',
  'do-not-crush': 'لا يُسحق',
  'do-not-chew': 'لا يُمضغ',
  'do-not-crush-or-chew': 'لا يُسحق ولا يُمضغ',
  'avoid-alcohol': 'تجنب الكحول',
  'do-not-drive': 'لا تقد السيارة',
  'may-cause-drowsiness': 'قد يسبب النعاس',
  'shake-well': 'يُرج جيدًا',
  'until-finished': 'حتى انتهاء الدواء',
  'rinse-mouth': 'اغسل الفم بعد الاستعمال',
  'as-directed': 'حسب الإرشادات',
  'thin-layer': 'بطبقة رقيقة',
  generously: 'بكمية وافرة',
  'long-term': 'علاج طويل الأمد',
  'gargle-and-spit': 'غرغرة ثم يُبصق',
}
export const reasonsAr: Readonly<Record<string, string>> = {
  pain: 'الألم',
  'severe-pain': 'الألم الشديد',
  'moderate-pain': 'الألم المتوسط',
  'mild-pain': 'الألم الخفيف',
  'breakthrough-pain': 'نوبات الألم',
  'back-pain': 'ألم الظهر',
  'chest-pain': 'ألم الصدر',
  'abdominal-pain': 'ألم البطن',
  'joint-pain': 'ألم المفاصل',
  toothache: 'ألم الأسنان',
  headache: 'الصداع',
  migraine: 'الشقيقة',
  fever: 'الحمى',
  nausea: 'الغثيان',
  vomiting: 'القيء',
  cough: 'السعال',
  wheeze: 'الصفير',
  breathlessness: 'ضيق النفس',
  asthma: 'الربو',
  anxiety: 'القلق',
  agitation: 'الهياج',
  'panic-attack': 'نوبات الهلع',
  sleep: 'النوم',
  itching: 'الحكة',
  rash: 'الطفح الجلدي',
  allergy: 'الحساسية',
  'hay-fever': 'حمى القش',
  'runny-nose': 'سيلان الأنف',
  'nasal-congestion': 'احتقان الأنف',
  constipation: 'الإمساك',
  diarrhoea: 'الإسهال',
  heartburn: 'حرقة المعدة',
  indigestion: 'عسر الهضم',
  cramps: 'التقلصات',
  'muscle-spasm': 'تشنج العضلات',
  'period-pain': 'آلام الدورة',
  dizziness: 'الدوخة',
  seizure: 'الاختلاج',
  'low-blood-sugar': 'هبوط السكر',
  'dry-eyes': 'جفاف العين',
  'blood-pressure': 'ضغط الدم',
  infection: 'العدوى',
  inflammation: 'الالتهاب',
  swelling: 'التورم',
}

export function wordsAr(sig: Sig): string {
  return [
    [sig.method ? methodsAr[sig.method] : null, doseAr(sig), wayAr(sig)].filter(isText).join(' '),
    sig.frequency ? frequencyAr(sig.frequency) : null,
    sig.duration ? `لمدة ${spanAr(sig.duration)}` : null,
    needAr(sig),
    sig.max ? maximumAr(sig.max) : null,
    ...sig.additional.map((key) => adviceAr[key] ?? key),
    sig.quantity ? `الكمية ${quantityAr(sig.quantity)}` : null,
    sig.refills === null ? null : refillsAr(sig.refills),
  ]
    .filter(isText)
    .join('، ')
}
const isText = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && text !== ''
const wayAr = ({ site, route }: Sig) => (site ? sitesAr[site] : route ? routesAr[route] : '')

function counted(n: number, noun: Noun): string {
  if (n === 1) return noun[0]
  if (n === 2) return noun[1]
  const rest = n % 100
  if (rest >= 3 && rest <= 10) return `${n} ${noun[2]}`
  return `${n} ${rest === 0 || rest > 10 ? noun[3] : noun[2]}`
}

export function quantityAr({ value, unit }: Quantity): string {
  if (unit === null) return numberText(value)
  const noun = unitsAr[unit]
  if (typeof noun === 'string') return `${numberText(value)} ${noun}`
  if (Number.isInteger(value)) return counted(value, noun)
  return `${numberText(value)} ${bareUnits[unit] ?? noun[3]}`
}

function doseAr({ dose }: Sig): string {
  if (!dose) return ''
  const { low, high, unit } = dose
  if (high === null) return quantityAr({ value: low, unit })
  const noun = unitsAr[unit]
  const word =
    typeof noun === 'string' ? noun : high >= 3 && high <= 10 ? noun[2] : (bareUnits[unit] ?? noun[3])
  return `من ${numberText(low)} إلى ${numberText(high)} ${word}`
}

function frequencyAr(f: Frequency): string {
  const named = [
    f.whens.map((w) => whensAr[w]).join(' و'),
    f.clock.length === 0 ? '' : `الساعة ${f.clock.join(' و')}`,
    f.weekdays.length === 0 ? '' : `يوم ${f.weekdays.map((d) => daysAr[d]).join(' و')}`,
  ]
  return [oftenAr(f), ...named].filter(isText).join('، ')
}

function oftenAr(f: Frequency): string {
  if (f.periodUnit === 'once') return 'جرعة واحدة فقط'
  const noun = periodsAr[f.periodUnit]
  if (f.periodHigh !== null) return `كل ${f.period} إلى ${counted(f.periodHigh, noun)}`
  if (f.period > 1 || f.periodUnit === 'h' || f.periodUnit === 'min') return `كل ${counted(f.period, noun)}`
  const span = inPeriod[f.periodUnit]
  if (f.times === 0) return `حتى ${counted(f.timesHigh ?? 1, timesNoun)} ${span}`
  if (f.timesHigh !== null) return `من ${f.times} إلى ${counted(f.timesHigh, timesNoun)} ${span}`
  return `${counted(f.times, timesNoun)} ${span}`
}

function spanAr({ low, high, unit }: Duration): string {
  const noun = periodsAr[unit]
  if (high !== null) return `${low} إلى ${counted(high, noun)}`
  return low === 1 ? `${noun[0]} واحد` : counted(low, noun)
}

function needAr({ asNeeded, reasons }: Sig): string | null {
  const list = reasons.map((key) => reasonsAr[key] ?? key).join(' أو ')
  if (asNeeded) return list === '' ? 'عند الحاجة' : `عند الحاجة بسبب ${list}`
  return list === '' ? null : `بسبب ${list}`
}

function maximumAr({ value, unit, period, periodUnit }: Maximum): string {
  const amount =
    unit === 'dose'
      ? counted(value, ['جرعة واحدة', 'جرعتان', 'جرعات', 'جرعة'])
      : unit === 'times'
        ? counted(value, timesNoun)
        : quantityAr({ value, unit })
  const span = periodUnit === 'h' ? `خلال ${counted(period, periodsAr.h)}` : inPeriod[periodUnit]
  return `بحد أقصى ${amount} ${span}`
}

const refillsAr = (n: number) => (n === 0 ? 'دون إعادة صرف' : `إعادة الصرف ${counted(n, timesNoun)}`)
