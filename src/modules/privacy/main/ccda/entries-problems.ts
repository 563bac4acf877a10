// Allergies and problems as entries: a concern around each, its observation, and statements that there is none.
import { isAbsence } from '#modules/chart/main/api.ts'
import { absentUnknownSystem, noKnownAllergies } from '#shared/coded.ts'
import { parsedList, type Row, str } from '../fhir/elements.ts'
import {
  coded,
  codingOf,
  fixedCode,
  fixedValue,
  idOf,
  interval,
  loincCode,
  onlyWords,
  status,
  template,
  textAt,
  time,
} from './data-types.ts'
import { placeOf } from './narrative.ts'
import { actClass, actCode, observationValue, snomed, type Template, templates } from './oids.ts'
import { type Around, connections, related, severity } from './parts.ts'
import { el, type Element } from './xml.ts'

/** Wrong or ruled out: told as a number only, and whole in the FHIR file. */
export const isRuledOut = (row: Row): boolean =>
  ['entered-in-error', 'refuted'].includes(str(row, 'verification_status') ?? '')

const isOver = (row: Row): boolean =>
  ['resolved', 'inactive', 'remission'].includes(str(row, 'clinical_status') ?? '')

function concern(row: Row, kind: Template, inside: Element): Element {
  const isDone = isOver(row)
  return el(
    'act',
    { classCode: 'ACT', moodCode: 'EVN' },
    template(kind),
    idOf(String(row.id), 'concern'),
    fixedCode('code', 'CONC', actClass, 'Concern'),
    textAt(placeOf(row)),
    status(isDone ? 'completed' : 'active'),
    interval(
      time('low', str(row, 'recorded_date')),
      isDone ? time('high', str(row, 'abatement')) : undefined,
    ),
    related('SUBJ', inside),
  )
}

/** From when to when it was there. An end that is known to have come, but not when, is there without its time. */
const course = (row: Row): Element => {
  const end = str(row, 'abatement')
  return interval(
    time('low', str(row, 'onset')),
    end !== undefined || str(row, 'clinical_status') === 'resolved' ? time('high', end) : undefined,
  )
}

const statusValues: Readonly<Record<string, readonly [code: string, display: string]>> = {
  active: ['55561003', 'Active'],
  recurrence: ['55561003', 'Active'],
  relapse: ['55561003', 'Active'],
  inactive: ['73425007', 'Inactive'],
  remission: ['73425007', 'Inactive'],
  resolved: ['413322009', 'Resolved'],
}
function statusObservation(row: Row, kind: Template): Element[] {
  const known = statusValues[str(row, 'clinical_status') ?? '']
  if (known === undefined) return []
  return [
    related(
      'REFR',
      el(
        'observation',
        { classCode: 'OBS', moodCode: 'EVN' },
        template(kind),
        loincCode('code', '33999-4', 'Status'),
        textAt(placeOf(row, 'status')),
        status('completed'),
        fixedValue(known[0], snomed, known[1]),
      ),
    ),
  ]
}

type Kind = readonly [code: string, display: string]
const substance: Kind = ['419199007', 'Allergy to substance']
/** By type and category of the row; what is not said stays the general kind. */
const kinds: Readonly<Record<string, Kind>> = {
  'allergy medication': ['416098002', 'Allergy to drug'],
  'allergy food': ['414285001', 'Allergy to food'],
  allergy: substance,
  'intolerance medication': ['59037007', 'Intolerance to drug'],
  'intolerance food': ['235719002', 'Intolerance to food'],
  medication: ['419511003', 'Propensity to adverse reaction to drug'],
  food: ['418471000', 'Propensity to adverse reaction to food'],
}
function kindOf(row: Row): Kind {
  const [type, category] = [str(row, 'type'), str(row, 'category')]
  const general: Kind = type === 'allergy' ? substance : ['420134006', 'Propensity to adverse reaction']
  return kinds[[type, category].filter((part) => part !== undefined).join(' ')] ?? general
}

/** "No known food allergies" and the like: which kind of allergy is denied. Undefined where nothing is. */
export function deniedKind(row: Row): Kind | undefined {
  const [system, code] = [str(row, 'code_system'), str(row, 'code') ?? '']
  const isIps = system === absentUnknownSystem
  if (isIps && code === 'no-allergy-info') return undefined
  if ((isIps && code === 'no-known-medication-allergies') || code === '409137002')
    return ['416098002', 'Allergy to drug']
  if ((isIps && code === 'no-known-food-allergies') || code === '429625007')
    return ['414285001', 'Allergy to food']
  if ((isIps && code === noKnownAllergies) || code === '716186003') return substance
  // Environment and latex have no kind of their own here: a wider denial would say more than the record does.
  return undefined
}

const statementOfAbsence = (row: Row): boolean =>
  isAbsence({
    code_system: str(row, 'code_system') ?? null,
    code: str(row, 'code') ?? null,
    clinical_status: str(row, 'clinical_status') ?? null,
    verification_status: str(row, 'verification_status') ?? null,
  })

export function allergyEntry(row: Row, around: Around): Element | undefined {
  const isDenial = statementOfAbsence(row)
  const kind = isDenial ? deniedKind(row) : kindOf(row)
  // A denial that no longer holds denies nothing, and must not read as an allergy.
  if (kind === undefined || (isDenial && isOver(row))) return undefined
  const agent = isDenial
    ? el('code', { nullFlavor: 'NA' })
    : coded('code', codingOf(row, 'code'), placeOf(row, 'what'))
  return concern(
    row,
    templates.allergyConcern,
    el(
      'observation',
      { classCode: 'OBS', moodCode: 'EVN', negationInd: isDenial ? 'true' : undefined },
      template(templates.allergy),
      idOf(String(row.id)),
      fixedCode('code', 'ASSERTION', actCode),
      textAt(placeOf(row)),
      status('completed'),
      course(row),
      fixedValue(kind[0], snomed, kind[1]),
      el(
        'participant',
        { typeCode: 'CSM' },
        el('participantRole', { classCode: 'MANU' }, el('playingEntity', { classCode: 'MMAT' }, agent)),
      ),
      isDenial ? [] : [statusObservation(row, templates.allergyStatus), reactions(row), criticality(row)],
      connections(row, around),
    ),
  )
}

/** The severity of a row is that of its reaction; without a reaction it stands by itself. */
function reactions(row: Row): Element[] {
  const level = str(row, 'severity')
  const ofRow = level === undefined ? [] : [severity(placeOf(row, 'severity'), level)]
  const told = parsedList(str(row, 'manifestations'))
  if (told.length === 0) return ofRow
  return told.map((_, n) => {
    const words = `${placeOf(row, 'reactions')}.${n}`
    return related(
      'MFST',
      el(
        'observation',
        { classCode: 'OBS', moodCode: 'EVN' },
        template(templates.reaction),
        idOf(String(row.id), `reaction-${n}`),
        fixedCode('code', 'ASSERTION', actCode),
        textAt(words),
        status('completed'),
        interval(el('low', { nullFlavor: 'UNK' })),
        onlyWords('value', words, 'CD'),
        ofRow,
      ),
      { inversionInd: 'true' },
    )
  })
}

const criticalities: Readonly<Record<string, readonly [string, string]>> = {
  low: ['CRITL', 'low criticality'],
  high: ['CRITH', 'high criticality'],
  'unable-to-assess': ['CRITU', 'unable to assess criticality'],
}
function criticality(row: Row): Element[] {
  const known = criticalities[str(row, 'criticality') ?? '']
  if (known === undefined) return []
  return [
    related(
      'SUBJ',
      el(
        'observation',
        { classCode: 'OBS', moodCode: 'EVN' },
        template(templates.criticality),
        loincCode('code', '82606-5', 'Allergy or intolerance criticality'),
        textAt(placeOf(row, 'criticality')),
        status('completed'),
        fixedValue(known[0], observationValue, known[1]),
      ),
      { inversionInd: 'true' },
    ),
  ]
}

const noProblems = new Set(['no-known-problems', '160245001'])

export function problemEntry(row: Row, around: Around): Element | undefined {
  const isDenial =
    (str(row, 'code_system') === absentUnknownSystem ||
      str(row, 'code_system') === 'http://snomed.info/sct') &&
    noProblems.has(str(row, 'code') ?? '')
  if (isDenial && isOver(row)) return undefined
  // "No problem information" says nothing, which is no problem.
  if (str(row, 'code_system') === absentUnknownSystem && !isDenial) return undefined
  const words = placeOf(row, 'what')
  const level = str(row, 'severity_display')
  return concern(
    row,
    templates.problemConcern,
    el(
      'observation',
      { classCode: 'OBS', moodCode: 'EVN', negationInd: isDenial ? 'true' : undefined },
      template(templates.problem),
      idOf(String(row.id)),
      str(row, 'category') === 'encounter-diagnosis'
        ? fixedCode(
            'code',
            '282291009',
            snomed,
            'Diagnosis interpretation',
            loincCode('translation', '29308-4', 'Diagnosis'),
          )
        : fixedCode('code', '55607006', snomed, 'Problem', loincCode('translation', '75326-9', 'Problem')),
      textAt(placeOf(row)),
      status('completed'),
      course(row),
      isDenial
        ? fixedValue('55607006', snomed, 'Problem')
        : coded('value', codingOf(row, 'code'), words, { wanted: [snomed], type: 'CD' }),
      statusObservation(row, templates.problemStatus),
      level === undefined ? [] : severity(placeOf(row, 'severity'), level.toLowerCase()),
      connections(row, around),
    ),
  )
}
