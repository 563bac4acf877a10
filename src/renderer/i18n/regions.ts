// Countries, time zones and currencies to choose from, named in the person's language by Intl, and what a browser
// already tells about where it stands. The table of currencies per country follows ISO 4217 as of 2025.
import type { Choice } from '#ui/SelectField.tsx'
import { systemLocales } from './system-locale.ts'

/** Currency, then the countries (ISO 3166-1 alpha-2) that use it. */
const currencyTable =
  'AED AE|AFN AF|ALL AL|AMD AM|AOA AO|ARS AR|AUD AU CC CX HM KI NF NR TV|AWG AW|AZN AZ|BAM BA|' +
  'BBD BB|BDT BD|BHD BH|BIF BI|BMD BM|BND BN|BOB BO|BRL BR|BSD BS|BTN BT|BWP BW|BYN BY|BZD BZ|' +
  'CAD CA|CDF CD|CHF CH LI|CLP CL|CNY CN|COP CO|CRC CR|CUP CU|CVE CV|CZK CZ|DJF DJ|DKK DK FO GL|' +
  'DOP DO|DZD DZ|EGP EG|ERN ER|ETB ET|' +
  'EUR AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT|' +
  'FJD FJ|FKP FK|GBP GB GG GS IM JE|GEL GE|GHS GH|GIP GI|GMD GM|GNF GN|GTQ GT|GYD GY|HKD HK|HNL HN|' +
  'HTG HT|HUF HU|IDR ID|ILS IL PS|INR IN|IQD IQ|IRR IR|ISK IS|JMD JM|JOD JO|JPY JP|KES KE|KGS KG|' +
  'KHR KH|KMF KM|KPW KP|KRW KR|KWD KW|KYD KY|KZT KZ|LAK LA|LBP LB|LKR LK|LRD LR|LSL LS|LYD LY|' +
  'MAD EH MA|MDL MD|MGA MG|MKD MK|MMK MM|MNT MN|MOP MO|MRU MR|MUR MU|MVR MV|MWK MW|MXN MX|MYR MY|' +
  'MZN MZ|NAD NA|NGN NG|NIO NI|NOK BV NO SJ|NPR NP|NZD CK NU NZ PN TK|OMR OM|PAB PA|PEN PE|PGK PG|' +
  'PHP PH|PKR PK|PLN PL|PYG PY|QAR QA|RON RO|RSD RS|RUB RU|RWF RW|SAR SA|SBD SB|SCR SC|SDG SD|' +
  'SEK SE|SGD SG|SHP SH|SLE SL|SOS SO|SRD SR|SSP SS|STN ST|SYP SY|SZL SZ|THB TH|TJS TJ|TMT TM|' +
  'TND TN|TOP TO|TRY TR|TTD TT|TWD TW|TZS TZ|UAH UA|UGX UG|' +
  'USD AS BQ EC FM GU IO MH MP PR PW SV TC TL UM US VG VI|UYU UY|UZS UZ|VES VE|VND VN|VUV VU|WST WS|' +
  'XAF CF CG CM GA GQ TD|XCD AG AI DM GD KN LC MS VC|XCG CW SX|XOF BF BJ CI GW ML NE SN TG|' +
  'XPF NC PF WF|YER YE|ZAR ZA|ZMW ZM|ZWG ZW'

const currencyByCountry = new Map<string, string>()
for (const line of currencyTable.split('|')) {
  const [currency = '', ...countries] = line.split(' ')
  for (const country of countries) currencyByCountry.set(country, currency)
}

export const currencyOf = (country: string): string => currencyByCountry.get(country) ?? 'USD'

const byLabel = (locale: string) => {
  const { compare } = new Intl.Collator(locale)
  return (a: Choice, b: Choice) => compare(a.label, b.label)
}

export function countryChoices(locale: string): Choice[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const countries = [...currencyByCountry.keys(), 'AQ']
  return countries.map((value) => ({ value, label: names.of(value) ?? value })).sort(byLabel(locale))
}

export function currencyChoices(locale: string): Choice[] {
  const names = new Intl.DisplayNames([locale], { type: 'currency' })
  const currencies = new Set([...currencyByCountry.values(), ...Intl.supportedValuesOf('currency')])
  return [...currencies]
    .map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }))
    .sort(byLabel(locale))
}

export function timeZoneChoices(locale: string): Choice[] {
  return Intl.supportedValuesOf('timeZone')
    .map((value) => ({ value, label: timeZoneLabel(value, locale) }))
    .sort(byLabel(locale))
}

/** "Berlin, Europe (GMT+1)": the city first, because that is what people type. */
export function timeZoneLabel(zone: string, locale: string): string {
  const parts = zone.replaceAll('_', ' ').split('/')
  const place = parts.reverse().join(', ')
  return `${place} (${offsetName(zone, locale)})`
}

function offsetName(zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' })
  return format.formatToParts(Date.now()).find((part) => part.type === 'timeZoneName')?.value ?? zone
}

/** Named by newer engines as a method, by older ones as a property. */
interface LocaleWithZones extends Intl.Locale {
  readonly timeZones?: readonly string[]
  getTimeZones?: () => readonly string[]
}

function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as LocaleWithZones
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

export const timeZoneOf = (country: string): string | undefined => zonesOf(country)[0]

export interface RegionGuess {
  readonly country: string
  readonly timeZone: string
  readonly currency: string
}

/** The clock's zone tells the place better than the browser's language does. */
export function guessRegion(): RegionGuess {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Etc/UTC'
  const own = systemLocales()
    .map((tag) => new Intl.Locale(tag).region)
    .filter((code) => code !== undefined)
  const countries = [...own, ...currencyByCountry.keys()]
  const country = countries.find((code) => zonesOf(code).includes(timeZone)) ?? own[0] ?? 'US'
  return { country, timeZone, currency: currencyOf(country) }
}
