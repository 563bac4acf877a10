// Words of a reminder: a closed list of placeholders, filled in as plain text. Nothing about the visit but when and where
// to call stands in the list, so that a template cannot tell a stranger who reads the mail why somebody comes.
import { wallTimeOf } from '#shared/zoned-time.ts'

export const placeholders = [
  'patient.given',
  'patient.name',
  'date',
  'time',
  'provider',
  'clinic',
  'phone',
] as const
export type Placeholder = (typeof placeholders)[number]
export type PlaceholderValues = Readonly<Record<Placeholder, string>>

export const templateLimits = { subject: 150, body: 2000 } as const

export interface TemplateText {
  readonly subject: string
  readonly body: string
}

const brace = /\{([^{}\n]*)\}/gu
const isPlaceholder = (name: string): name is Placeholder =>
  (placeholders as readonly string[]).includes(name)

/** What stands in braces and is no placeholder, in the order of the text. */
export function unknownPlaceholders(text: string): string[] {
  const names = [...text.matchAll(brace)].map((m) => m[1] ?? '')
  return [...new Set(names.filter((name) => !isPlaceholder(name)))]
}

/** One line without control signs: nobody's name can start a header of its own or turn the text around it. */
export function oneLine(text: string, max = 200): string {
  const clean = text
    .replaceAll(/[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .replaceAll(/ +/gu, ' ')
    .trim()
  return Array.from(clean).slice(0, max).join('')
}

const rightToLeft = ['ar', 'dv', 'fa', 'he', 'ps', 'ur', 'yi']
export const baseOf = (language: string): string => language.toLowerCase().split(/[-_]/)[0] ?? ''
export const isRightToLeft = (language: string): boolean => rightToLeft.includes(baseOf(language))

/**
 * A line whose placeholder has no value is left out: better no line than "call ." In right-to-left text a value keeps its
 * own direction, so that a telephone number or a Latin name moves nothing around it.
 */
export function fillTemplate(
  template: TemplateText,
  values: PlaceholderValues,
  language: string,
): TemplateText {
  const wrap = isRightToLeft(language) ? (v: string) => `\u2068${v}\u2069` : (v: string) => v
  const fill = (text: string, dress: (value: string) => string) =>
    text.replaceAll(brace, (whole, name: string) =>
      isPlaceholder(name) ? dress(oneLine(values[name])) : whole,
    )
  const isWhole = (line: string) =>
    [...line.matchAll(brace)].every(([, name = '']) => !isPlaceholder(name) || oneLine(values[name]) !== '')
  const lines = template.body.replaceAll(/\r\n?/g, '\n').split('\n').filter(isWhole)
  return {
    // Bidirectional signs show as boxes in the lists of some mail programs.
    subject: oneLine(
      fill(template.subject, (v) => v),
      templateLimits.subject + 200,
    ),
    body: lines.map((line) => fill(line, wrap)).join('\n'),
  }
}

/** Date and time of a visit as the clinic's wall shows them, written in the reader's language, always Gregorian. */
export function visitTimeIn(
  startAt: string,
  language: string,
  timeZone: string,
): { readonly date: string; readonly time: string } {
  const locale = `${baseOf(language) || 'en'}-u-ca-gregory`
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(new Date(startAt))
  return {
    date: write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    time: write({ timeStyle: 'short' }),
  }
}

/** What is sent until the clinic writes its own words. */
export const builtInTemplates: Readonly<Record<string, TemplateText>> = {
  en: {
    subject: 'Your visit on {date}',
    body: [
      'Dear {patient.given},',
      '',
      'we expect you on {date} at {time}.',
      '',
      'If you cannot come, please call us: {phone}',
      '',
      '{clinic}',
    ].join('\n'),
  },
  ar: {
    subject: 'موعدك يوم {date}',
    body: [
      'عزيزنا {patient.given}،',
      '',
      'ننتظرك يوم {date} الساعة {time}.',
      '',
      'إن لم تستطع الحضور فاتصل بنا من فضلك: {phone}',
      '',
      '{clinic}',
    ].join('\n'),
  },
}

/** The patient's language if there are words in it, else the clinic's, else English. */
export function languageFor(available: readonly string[], wanted: readonly (string | null)[]): string {
  for (const tag of wanted) {
    if (!tag) continue
    const exact = available.find((a) => a.toLowerCase() === tag.toLowerCase())
    const near = exact ?? available.find((a) => baseOf(a) === baseOf(tag))
    if (near) return near
  }
  return 'en'
}

/** Values for showing what a template will look like. */
export function sampleValues(language: string, timeZone: string, now: string, clinic: string, phone: string) {
  const { date } = wallTimeOf(now, timeZone)
  const startAt = `${date}T09:30:00.000Z`
  return {
    'patient.given': baseOf(language) === 'ar' ? 'سلمى' : 'Maria',
    'patient.name': baseOf(language) === 'ar' ? 'سلمى حداد' : 'Maria Silva',
    ...visitTimeIn(startAt, language, timeZone),
    provider: baseOf(language) === 'ar' ? 'د. ليلى نجار' : 'Dr Okafor',
    clinic,
    phone,
  } satisfies PlaceholderValues
}
