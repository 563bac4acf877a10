// The head of the document: whose record it is, who made it, who keeps it, for whom it was made.
import type { PatientParts } from '../fhir/people.ts'
import { type Row, str } from '../fhir/elements.ts'
import { fixedCode, idOf, isUuid, loincCode, template, time, timeStamp } from './data-types.ts'
import { templates } from './oids.ts'
import { el, type Element } from './xml.ts'

export interface ClinicHead {
  readonly id: string
  readonly name: string
  readonly address: readonly string[]
  readonly phone: string | null
  readonly email: string | null
}

export type Confidentiality = 'N' | 'R' | 'V'
const confidentialities = { N: 'normal', R: 'restricted', V: 'very restricted' } as const
export const confidentiality = (level: Confidentiality): Element =>
  fixedCode(
    'confidentialityCode',
    level,
    { oid: '2.16.840.1.113883.5.25', name: 'Confidentiality' },
    confidentialities[level],
  )

export interface Head {
  readonly documentId: string
  readonly title: string
  readonly language: 'en' | 'ar'
  readonly now: string
  readonly level: Confidentiality
  readonly clinic: ClinicHead
  readonly recipient: string
  readonly person: PatientParts
  readonly version: string
}

export function headerOf(head: Head): Element[] {
  const { clinic, now, person } = head
  return [
    el('realmCode', { code: 'US' }),
    el('typeId', { root: '2.16.840.1.113883.1.3', extension: 'POCD_HD000040' }),
    ...template(templates.header),
    ...template(templates.document),
    idOf(head.documentId),
    loincCode('code', '34133-9', 'Summarization of Episode Note'),
    el('title', {}, head.title),
    time('effectiveTime', now),
    confidentiality(head.level),
    el('languageCode', { code: head.language }),
    recordTarget(person, clinic),
    el(
      'author',
      {},
      time('time', now),
      el(
        'assignedAuthor',
        {},
        idOf(clinic.id),
        ...reach(clinic),
        el(
          'assignedAuthoringDevice',
          {},
          el('manufacturerModelName', {}, 'Osler'),
          el('softwareName', {}, `Osler ${head.version}`),
        ),
        organization('representedOrganization', clinic),
      ),
    ),
    el(
      'custodian',
      {},
      el('assignedCustodian', {}, organization('representedCustodianOrganization', clinic)),
    ),
    el(
      'informationRecipient',
      {},
      el('intendedRecipient', {}, el('informationRecipient', {}, el('name', {}, head.recipient))),
    ),
    ...person.contacts.map(contact),
    el(
      'documentationOf',
      {},
      el(
        'serviceEvent',
        { classCode: 'PCPR' },
        el('effectiveTime', {}, time('low', str(person.patient, 'birth_date')), time('high', now)),
      ),
    ),
  ]
}

const organization = (name: string, clinic: ClinicHead): Element => {
  const [addr, ...telecoms] = reach(clinic)
  return el(name, {}, idOf(clinic.id), el('name', {}, clinic.name), telecoms, addr)
}

function reach({ address, phone, email }: ClinicHead): Element[] {
  return [
    address.length === 0
      ? el('addr', { nullFlavor: 'UNK' })
      : el(
          'addr',
          { use: 'WP' },
          address.map((line) => el('streetAddressLine', {}, line)),
        ),
    ...ways(
      [
        ['tel:', phone],
        ['mailto:', email],
      ],
      'WP',
    ),
  ]
}

function ways(given: readonly (readonly [string, string | null | undefined])[], use?: string): Element[] {
  const known = given.flatMap(([scheme, value]) =>
    value === null || value === undefined ? [] : [el('telecom', { use, value: `${scheme}${value}` })],
  )
  return known.length === 0 ? [el('telecom', { nullFlavor: 'UNK' })] : known
}

const hl7 = (part: string, name: string) => ({ oid: `2.16.840.1.113883.5.${part}`, name })
const genders: Readonly<Record<string, readonly [string, string]>> = {
  male: ['M', 'Male'],
  female: ['F', 'Female'],
}

function recordTarget(person: PatientParts, clinic: ClinicHead): Element {
  const { patient } = person
  const gender = genders[str(patient, 'gender') ?? '']
  const language = str(patient, 'language')
  const marital = str(patient, 'marital_status')
  const died = str(patient, 'deceased_at')
  return el(
    'recordTarget',
    {},
    el(
      'patientRole',
      {},
      idOf(clinic.id, str(patient, 'record_number')),
      person.identifiers.map((row) => identifier(row, clinic)),
      person.addresses.length === 0 ? el('addr', { nullFlavor: 'UNK' }) : person.addresses.map(address),
      person.telecoms.length === 0 ? el('telecom', { nullFlavor: 'UNK' }) : person.telecoms.map(telecom),
      el(
        'patient',
        {},
        nameOf(patient, 'L'),
        person.names.map((row) => nameOf(row, nameUses[str(row, 'use') ?? ''])),
        gender === undefined
          ? el('administrativeGenderCode', {
              nullFlavor: str(patient, 'gender') === 'other' ? 'OTH' : 'UNK',
            })
          : fixedCode('administrativeGenderCode', gender[0], hl7('1', 'AdministrativeGender'), gender[1]),
        time('birthTime', str(patient, 'birth_date')),
        patient.deceased === 1 || died !== undefined
          ? [
              el('sdtc:deceasedInd', { value: 'true' }),
              ...(timeStamp(died) === undefined ? [] : [el('sdtc:deceasedTime', { value: timeStamp(died) })]),
            ]
          : [],
        marital === undefined
          ? undefined
          : /^[A-Z]$/.test(marital)
            ? fixedCode('maritalStatusCode', marital, hl7('2', 'MaritalStatus'))
            : el('maritalStatusCode', { nullFlavor: 'OTH' }, el('originalText', {}, marital)),
        // Not asked here: C-CDA wants both said, as unknown.
        el('raceCode', { nullFlavor: 'UNK' }),
        el('ethnicGroupCode', { nullFlavor: 'UNK' }),
        language === undefined
          ? undefined
          : el(
              'languageCommunication',
              {},
              el('languageCode', { code: language }),
              el('preferenceInd', { value: 'true' }),
            ),
      ),
      organization('providerOrganization', clinic),
    ),
  )
}

const nameUses: Readonly<Record<string, string>> = {
  official: 'L',
  usual: 'C',
  nickname: 'P',
  anonymous: 'P',
  maiden: 'C',
  old: 'C',
}

/** The parts where they are known, and the name as it is written, which parts of a name do not always spell. */
function nameOf(row: Row, use: string | undefined): Element[] {
  const written = str(row, 'name_text')
  const parts = (['prefix', 'given', 'family', 'suffix'] as const).flatMap((part) => {
    const value = str(row, part)
    return value === undefined ? [] : [[part, value] as const]
  })
  const spelled = parts.map(([, value]) => value).join(' ')
  return [
    ...(parts.length === 0
      ? []
      : [
          el(
            'name',
            { use },
            parts.map(([part, value]) => el(part, {}, value)),
          ),
        ]),
    ...(written === undefined || spelled === written ? [] : [el('name', { use }, written)]),
  ]
}

const known: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/us-ssn': '2.16.840.1.113883.4.1',
}
/** An id under its own root where that is one CDA knows, else under the clinic's, with its system before it. */
function identifier(row: Row, clinic: ClinicHead): Element {
  const [system, value] = [str(row, 'system'), str(row, 'value') ?? '']
  const assigningAuthorityName = str(row, 'assigner') ?? str(row, 'type_display') ?? system
  const oid = system?.startsWith('urn:oid:') ? system.slice(8) : undefined
  const own = system?.startsWith('urn:uuid:') && isUuid(system.slice(9)) ? system.slice(9) : undefined
  const root = known[system ?? ''] ?? oid ?? own
  if (root !== undefined) return el('id', { root, extension: value, assigningAuthorityName })
  const extension = system === undefined ? value : `${system}|${value}`
  return el('id', { root: clinic.id, extension, assigningAuthorityName })
}

const schemes: Readonly<Record<string, string>> = {
  phone: 'tel:',
  sms: 'sms:',
  fax: 'fax:',
  pager: 'tel:',
  email: 'mailto:',
}
const uses: Readonly<Record<string, string>> = {
  home: 'HP',
  work: 'WP',
  mobile: 'MC',
  temp: 'TMP',
  old: 'BAD',
}
const telecom = (row: Row): Element =>
  el('telecom', {
    use: uses[str(row, 'use') ?? ''],
    value: `${schemes[str(row, 'system') ?? ''] ?? ''}${str(row, 'value') ?? ''}`,
  })

function address(row: Row): Element {
  const part = (name: string, column: string) =>
    str(row, column) === undefined ? undefined : el(name, {}, str(row, column))
  return el(
    'addr',
    { use: uses[str(row, 'use') ?? ''] },
    str(row, 'lines')
      ?.split('\n')
      .map((line) => el('streetAddressLine', {}, line)),
    part('county', 'district'),
    part('city', 'city'),
    part('state', 'state'),
    part('postalCode', 'postal_code'),
    part('country', 'country'),
  )
}

/** People around the patient. What they are to the patient is told in words. */
function contact(row: Row): Element {
  const relation = str(row, 'relationship')
  return el(
    'participant',
    { typeCode: 'IND' },
    el(
      'associatedEntity',
      { classCode: 'ECON' },
      relation === undefined
        ? undefined
        : el('code', { nullFlavor: 'OTH' }, el('originalText', {}, relation)),
      ways([
        ['tel:', str(row, 'phone')],
        ['mailto:', str(row, 'email')],
      ]),
      el('associatedPerson', {}, el('name', {}, str(row, 'name_text'))),
    ),
  )
}
