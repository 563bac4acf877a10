// Patient: all names, identifiers, ways to reach, addresses and people around. Field by field, so that one bad value
// costs that value and not the patient with all that hangs on it; what was left out is listed.
import type { RegisterPatient } from '#modules/patients/shared/contract.ts'
import { nameOf } from '../describe.ts'
import { clip, type FhirElement, joined, NotUnderstood } from '../fhir-element.ts'
import { parseFhirDate } from '../fhir-time.ts'
import { addressLine } from './contact.ts'

export interface MappedPatient {
  readonly patient: RegisterPatient
  /** Places of values that were not taken over. */
  readonly notUnderstood: readonly string[]
}

type Lists = Pick<RegisterPatient, 'identifiers' | 'telecoms' | 'addresses' | 'contacts' | 'otherNames'>

const nameUses = ['usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden'] as const
const telecomSystems = ['phone', 'email', 'fax', 'sms', 'url', 'pager', 'other'] as const
const telecomUses = ['home', 'work', 'mobile', 'temp', 'old'] as const
const addressUses = ['home', 'work', 'temp', 'old', 'billing'] as const
/** Longest lists the patient form takes back. */
const most = { identifiers: 50, telecoms: 50, addresses: 20, contacts: 50, otherNames: 20 } as const

export function mapPatient(r: FhirElement, id: string): MappedPatient {
  const notUnderstood: string[] = []
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error
      notUnderstood.push(error.place)
      return otherwise
    }
  }
  const listOf = <K extends keyof Lists>(
    list: K,
    key: string,
    toItem: (e: FhirElement) => Lists[K][number] | null,
  ) => {
    const items: Lists[K][number][] = []
    for (const element of attempt(() => r.many(key), [])) {
      const item = attempt(() => toItem(element), null)
      if (item !== null) items.push(item)
    }
    if (items.length > most[list]) notUnderstood.push(`${key}[${most[list]}]`)
    return items.slice(0, most[list])
  }
  const names = attempt(() => r.many('name'), [])
  const main = names.length === 0 ? null : attempt(() => mainName(names), null)
  const identifiers = listOf('identifiers', 'identifier', identifierOf) as Lists['identifiers']
  const others = names.filter((n) => n !== main).flatMap((n) => attempt(() => otherName(n), null) ?? [])
  const patient: RegisterPatient = {
    name: attempt(() => nameOf(main?.raw), null) ?? identifiers[0]?.value ?? clip(id, 300) ?? 'patient',
    family: attempt(() => main?.line('family', 200) ?? null, null),
    given: attempt(() => clip(joined(main?.lines('given') ?? [], ' '), 300), null),
    prefix: attempt(() => clip(joined(main?.lines('prefix') ?? [], ' '), 100), null),
    suffix: attempt(() => clip(joined(main?.lines('suffix') ?? [], ' '), 100), null),
    birthDate: attempt(() => birthDateOf(r), null),
    birthDateEstimated: false,
    gender: attempt(() => r.code('gender', ['female', 'male', 'other', 'unknown']), null) ?? 'unknown',
    ...attempt(() => deathOf(r), { deceased: r.has('deceasedDateTime'), deceasedAt: null }),
    active: attempt(() => r.flag('active'), null) !== false,
    language: attempt(() => languageOf(r), null),
    maritalStatus: attempt(() => maritalStatusOf(r), null),
    identifiers,
    telecoms: listOf('telecoms', 'telecom', telecomOf) as Lists['telecoms'],
    addresses: listOf('addresses', 'address', addressOf) as Lists['addresses'],
    contacts: listOf('contacts', 'contact', contactOf) as Lists['contacts'],
    otherNames: others.slice(0, most.otherNames),
  }
  return { patient, notUnderstood }
}

/** The one in use today; a name of the past only where there is no other. */
function mainName(names: readonly FhirElement[]): FhirElement | null {
  const used = names
    .map((n) => ({ n, use: n.text('use'), says: nameOf(n.raw) }))
    .filter((x) => x.says !== null)
  for (const use of ['official', 'usual', null]) {
    const found = used.find((x) => x.use === use)
    if (found) return found.n
  }
  return used[0]?.n ?? null
}

function otherName(n: FhirElement): Lists['otherNames'][number] | null {
  const text = nameOf(n.raw)
  if (text === null) return null
  return {
    use: n.code('use', nameUses) ?? 'usual',
    text,
    family: n.line('family', 200),
    given: clip(joined(n.lines('given'), ' '), 300),
  }
}

function birthDateOf(r: FhirElement): string | null {
  const text = r.text('birthDate')
  if (text === null) return null
  const date = parseFhirDate(text)
  if (date === undefined) throw r.fault('birthDate')
  return date
}

function deathOf(r: FhirElement): { deceased: boolean; deceasedAt: string | null } {
  const at = r.timeText('deceasedDateTime')
  return { deceased: at !== null || r.flag('deceasedBoolean') === true, deceasedAt: at }
}

function languageOf(r: FhirElement): string | null {
  const spoken = r.many('communication')
  const chosen = spoken.find((c) => c.flag('preferred') === true) ?? spoken[0]
  const language = chosen?.coded('language')
  return clip(language?.code ?? language?.display ?? null, 50)
}

/** The code of HL7 v3 MaritalStatus where there is one, so that a screen can say it in its own language. */
function maritalStatusOf(r: FhirElement): string | null {
  const status = r.coded('maritalStatus')
  return clip(status?.code ?? status?.display ?? null, 50)
}

function identifierOf(e: FhirElement): Lists['identifiers'][number] | null {
  const value = e.line('value', 200)
  if (value === null) return null
  const type = e.coded('type')
  return {
    system: e.line('system', 500),
    typeCode: clip(type?.code ?? null, 50),
    typeDisplay: clip(type?.display ?? null, 200),
    value,
    assigner: e.one('assigner')?.line('display', 200) ?? null,
  }
}

function telecomOf(e: FhirElement): Lists['telecoms'][number] | null {
  const value = e.line('value', 300)
  if (value === null) return null
  const rank = e.integer('rank')
  return {
    system: e.code('system', telecomSystems) ?? 'other',
    use: e.code('use', telecomUses),
    value,
    rank: rank !== null && rank >= 1 && rank <= 99 ? rank : null,
  }
}

function addressOf(e: FhirElement): Lists['addresses'][number] | null {
  const lines = joined(e.lines('line'), '\n') ?? (e.has('city') ? null : e.text('text'))
  const address = {
    use: e.code('use', addressUses),
    lines: clip(lines, 500),
    city: e.line('city', 200),
    district: e.line('district', 200),
    state: e.line('state', 200),
    postalCode: e.line('postalCode', 40),
    country: e.line('country', 100),
  }
  return addressLine(e) === '' && address.lines === null ? null : address
}

function contactOf(e: FhirElement): Lists['contacts'][number] | null {
  const reach = (system: string) =>
    e
      .many('telecom')
      .filter((t) => t.text('system') === system)
      .map((t) => t.line('value', 300))
      .find((v) => v !== null) ?? null
  const phone = clip(reach('phone'), 100)
  const email = clip(reach('email'), 200)
  const name = nameOf(e.raw.name) ?? e.one('organization')?.line('display', 300) ?? phone ?? email
  if (name === null) return null
  return { relationship: clip(e.words('relationship'), 100), name, phone, email, patientId: null }
}
