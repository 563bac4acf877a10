// Medicines and vaccinations as entries: what was taken or ordered, how, how much, and what was not given.
import { num, type Row, str } from '../fhir/elements.ts'
import {
  coded,
  codingOf,
  fixedCode,
  idOf,
  interval,
  loincCode,
  onlyWords,
  quantity,
  status,
  template,
  textAt,
  time,
} from './data-types.ts'
import { placeOf } from './narrative.ts'
import { actCode, cvx, rxnorm, type Template, templates } from './oids.ts'
import { type Around, author, connections, indication, performer, place, related, saidOnly } from './parts.ts'
import { el, type Element } from './xml.ts'

const medicineStatuses: Readonly<Record<string, string>> = {
  active: 'active',
  completed: 'completed',
  stopped: 'aborted',
  cancelled: 'cancelled',
  'on-hold': 'suspended',
  draft: 'new',
}

export function medicineEntry(row: Row, around: Around): Element {
  const isReported = num(row, 'is_reported') === 1
  return el(
    'substanceAdministration',
    { classCode: 'SBADM', moodCode: isReported ? 'EVN' : 'INT' },
    template(templates.medication),
    idOf(String(row.id)),
    textAt(placeOf(row)),
    status(medicineStatuses[str(row, 'status') ?? '']),
    interval(
      time('low', str(row, 'authored_on')),
      str(row, 'ended_on') === undefined
        ? el('high', { nullFlavor: 'NI' })
        : time('high', str(row, 'ended_on')),
      'IVL_TS',
    ),
    saidOnly(row, 'route', 'routeCode', 'route_display'),
    doseOf(row),
    product(
      templates.medicineProduct,
      coded('code', codingOf(row, 'medication'), placeOf(row, 'what'), { wanted: [rxnorm] }),
    ),
    author(str(row, 'requester_display'), str(row, 'authored_on')),
    str(row, 'reason_display') === undefined
      ? []
      : indication(row, onlyWords('value', placeOf(row, 'reason'), 'CD')),
    directions(row),
    supply(row),
    connections(row, around),
    num(row, 'as_needed') === 1 ? asNeeded : [],
  )
}

const product = (kind: Template, code: Element, lot?: string): Element =>
  el(
    'consumable',
    {},
    el(
      'manufacturedProduct',
      { classCode: 'MANU' },
      template(kind),
      el('manufacturedMaterial', {}, code, lot === undefined ? undefined : el('lotNumberText', {}, lot)),
    ),
  )

/** Units of doses are words of the trade ("tablet"), not UCUM. */
function doseOf(row: Row): Element | undefined {
  const value = num(row, 'dose_value')
  return value === undefined
    ? undefined
    : quantity('doseQuantity', String(value), undefined, str(row, 'dose_unit'))
}

function directions(row: Row): Element[] {
  const fact = str(row, 'dosage_text') !== undefined ? 'directions' : 'frequency'
  if (fact === 'frequency' && str(row, 'frequency_text') === undefined) return []
  return [
    related(
      'COMP',
      el(
        'substanceAdministration',
        { classCode: 'SBADM', moodCode: 'INT' },
        template(templates.directions),
        loincCode('code', '76662-6', 'Medication instructions'),
        textAt(placeOf(row, fact)),
        el(
          'consumable',
          {},
          el('manufacturedProduct', {}, el('manufacturedLabeledDrug', { nullFlavor: 'NA' })),
        ),
      ),
    ),
  ]
}

/** `repeatNumber` counts every time it may be supplied, the first one included. */
function supply(row: Row): Element[] {
  const [amount, refills] = [num(row, 'quantity_value'), num(row, 'refills_allowed')]
  if (amount === undefined && refills === undefined) return []
  return [
    related(
      'REFR',
      el(
        'supply',
        { classCode: 'SPLY', moodCode: 'INT' },
        template(templates.supply),
        idOf(String(row.id), 'supply'),
        status('completed'),
        refills === undefined ? undefined : el('repeatNumber', { value: String(refills + 1) }),
        amount === undefined
          ? undefined
          : quantity('quantity', String(amount), undefined, str(row, 'quantity_unit')),
      ),
    ),
  ]
}

/** As needed, for what is not said in a code. */
const asNeeded = el(
  'precondition',
  { typeCode: 'PRCN' },
  el(
    'criterion',
    {},
    template(templates.precondition),
    fixedCode('code', 'ASSERTION', actCode),
    el('value', { 'xsi:type': 'CD', nullFlavor: 'NI' }),
  ),
)

export function vaccinationEntry(row: Row, around: Around): Element {
  const wasGiven = str(row, 'status') !== 'not-done'
  return el(
    'substanceAdministration',
    { classCode: 'SBADM', moodCode: 'EVN', negationInd: wasGiven ? 'false' : 'true' },
    template(templates.immunization),
    idOf(String(row.id)),
    textAt(placeOf(row)),
    status('completed'),
    time('effectiveTime', str(row, 'occurrence')),
    saidOnly(row, 'route', 'routeCode', 'route_display'),
    saidOnly(row, 'site', 'approachSiteCode', 'site_display'),
    doseOf(row),
    product(
      templates.vaccine,
      coded('code', codingOf(row, 'vaccine'), placeOf(row, 'what'), { wanted: [cvx] }),
      str(row, 'lot_number'),
    ),
    performer(str(row, 'performer_display')),
    place(str(row, 'location_display')),
    connections(row, around),
  )
}
