// `create`: a new clinic in an empty folder.
import path from 'node:path'
import { refuseTaken, writeNewKit } from './kit-file.ts'
import { cliCaller, valueOf, withHost } from './open-clinic.ts'
import { passwordFrom, print, progress } from './terminal.ts'
import { CliError, noMore, parse } from './usage.ts'

export async function createCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(
    args,
    {
      dir: 'string',
      name: 'string',
      admin: 'string',
      'admin-name': 'string',
      country: 'string',
      'time-zone': 'string',
      currency: 'string',
      locale: 'string',
      doctor: 'boolean',
      kit: 'string',
    },
    ['dir', 'name', 'admin'],
  )
  noMore(rest)
  const dir = path.resolve(values.dir ?? '')
  const username = values.admin ?? ''
  const here = regionHere(values.locale, values.country)
  if (values.kit !== undefined) refuseTaken(values.kit)
  const password = await passwordFrom('OSLER_PASSWORD', `Password for ${username}: `)
  await withHost(
    dir,
    async (host) => {
      const { state, passwordOnly } = host.status()
      if (state !== 'none') throw new CliError(`there is a clinic in ${dir} already`)
      if (passwordOnly)
        progress('No keychain here: whoever has a copy of the files needs only the password. Make it long.')
      const input = {
        clinicName: values.name,
        country: here.country,
        timeZone: values['time-zone'] ?? here.timeZone,
        currency: values.currency ?? here.currency,
        locale: here.locale,
        admin: {
          name: values['admin-name'] ?? username,
          username,
          password,
          isDoctor: values.doctor === true,
        },
        ...(values.kit === undefined ? { kit: 'later' } : {}),
      }
      valueOf(await host.bootstrap('create', input, cliCaller()))
      if (values.kit !== undefined) await writeNewKit(host, values.kit)
      const warnings = host.clinic()?.services.slots.warnings() ?? []
      print({
        created: true,
        dir,
        name: values.name,
        admin: username.trim().toLowerCase(),
        passwordOnly,
        warnings,
      })
    },
    true,
  )
}

/** Defaults from this computer's own settings; each has an option. */
function regionHere(localeGiven: string | undefined, countryGiven: string | undefined) {
  const own = new Intl.DateTimeFormat().resolvedOptions()
  const locale = localeGiven ?? (own.locale === 'C' ? 'en' : own.locale)
  const country = countryGiven ?? regionOf(locale) ?? 'US'
  return { locale, country, timeZone: own.timeZone, currency: currencies[country] ?? 'USD' }
}

function regionOf(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).maximize().region
  } catch {
    return undefined
  }
}

const euro = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'
/** ISO 4217 by ISO 3166: common ones; elsewhere --currency says it. */
const currencies: Readonly<Record<string, string>> = {
  ...Object.fromEntries(euro.split(' ').map((country) => [country, 'EUR'])),
  AE: 'AED',
  AR: 'ARS',
  AU: 'AUD',
  BD: 'BDT',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CL: 'CLP',
  CN: 'CNY',
  CO: 'COP',
  CZ: 'CZK',
  DK: 'DKK',
  EG: 'EGP',
  ET: 'ETB',
  GB: 'GBP',
  GH: 'GHS',
  HU: 'HUF',
  ID: 'IDR',
  IL: 'ILS',
  IN: 'INR',
  JO: 'JOD',
  JP: 'JPY',
  KE: 'KES',
  KR: 'KRW',
  LB: 'LBP',
  MA: 'MAD',
  MX: 'MXN',
  MY: 'MYR',
  NG: 'NGN',
  NO: 'NOK',
  NP: 'NPR',
  NZ: 'NZD',
  PE: 'PEN',
  PH: 'PHP',
  PK: 'PKR',
  PL: 'PLN',
  RO: 'RON',
  RU: 'RUB',
  RW: 'RWF',
  SA: 'SAR',
  SE: 'SEK',
  SG: 'SGD',
  TH: 'THB',
  TN: 'TND',
  TR: 'TRY',
  TZ: 'TZS',
  UA: 'UAH',
  UG: 'UGX',
  US: 'USD',
  VN: 'VND',
  ZA: 'ZAR',
  ZM: 'ZMW',
}
