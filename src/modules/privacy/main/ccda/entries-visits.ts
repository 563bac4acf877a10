// Visits, procedures and signed notes as entries.
import { type Row, str } from '../fhir/elements.ts'
import {
  coded,
  codingOf,
  fixedCode,
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
import { actCode, loinc, snomed, templates } from './oids.ts'
import {
  type Around,
  author,
  connections,
  entryReference,
  indication,
  performer,
  place,
  related,
  saidOnly,
} from './parts.ts'
import { el, type Element } from './xml.ts'

const visitStatuses: Readonly<Record<string, string>> = {
  finished: 'completed',
  arrived: 'active',
  triaged: 'active',
  'in-progress': 'active',
  onleave: 'active',
}
/** What is planned or was called off did not take place: it is told, and is no entry. */
const notHeld = new Set(['planned', 'cancelled'])

export function visitEntry(row: Row, around: Around): Element | undefined {
  if (notHeld.has(str(row, 'status') ?? '')) return undefined
  const kind = str(row, 'class_code')
  const isClass = kind !== undefined && /^[A-Z]+$/.test(kind)
  const reason = codingOf(row, 'reason')
  return el(
    'encounter',
    { classCode: 'ENC', moodCode: 'EVN' },
    template(templates.encounter),
    idOf(String(row.id)),
    coded('code', codingOf(row, 'type'), placeOf(row, 'what'), {
      also: isClass ? fixedCode('translation', kind, actCode) : undefined,
    }),
    textAt(placeOf(row)),
    status(visitStatuses[str(row, 'status') ?? '']),
    interval(
      time('low', str(row, 'period_start')),
      str(row, 'period_end') === undefined ? undefined : time('high', str(row, 'period_end')),
    ),
    performer(str(row, 'practitioner_display'), str(row, 'organization_display')),
    place(str(row, 'location_display')),
    reason.code === undefined && reason.display === undefined
      ? []
      : indication(row, coded('value', reason, placeOf(row, 'reason'), { wanted: [snomed], type: 'CD' })),
    connections(row, around),
  )
}

const procedureStatuses: Readonly<Record<string, string>> = {
  completed: 'completed',
  'in-progress': 'active',
  stopped: 'aborted',
  'on-hold': 'suspended',
  'not-done': 'completed',
}

export function procedureEntry(row: Row, around: Around): Element | undefined {
  if (str(row, 'status') === 'preparation') return undefined
  const end = str(row, 'performed_end')
  return el(
    'procedure',
    {
      classCode: 'PROC',
      moodCode: 'EVN',
      negationInd: str(row, 'status') === 'not-done' ? 'true' : undefined,
    },
    template(templates.procedure),
    idOf(String(row.id)),
    coded('code', codingOf(row, 'code'), placeOf(row, 'what')),
    textAt(placeOf(row)),
    status(procedureStatuses[str(row, 'status') ?? '']),
    interval(
      time('low', str(row, 'performed_start')),
      end === undefined ? undefined : time('high', end),
      'IVL_TS',
    ),
    saidOnly(row, 'bodySite', 'targetSiteCode', 'body_site'),
    performer(str(row, 'performer_display')),
    place(str(row, 'location_display')),
    str(row, 'reason_display') === undefined
      ? []
      : indication(row, onlyWords('value', placeOf(row, 'reason'), 'CD')),
    connections(row, around),
  )
}

export function noteEntry(row: Row, around: Around): Element {
  const signed = str(row, 'signed_at')
  const about = str(row, 'relates_to')
  return el(
    'act',
    { classCode: 'ACT', moodCode: 'EVN' },
    template(templates.note),
    idOf(String(row.id)),
    fixedCode('code', '34109-9', loinc, 'Note', loincCode('translation', '11506-3', 'Progress note')),
    textAt(placeOf(row)),
    status('completed'),
    time('effectiveTime', signed),
    author(str(row, 'author_name'), signed),
    about === undefined || !around.has(about) ? [] : entryReference(about),
    noteLinks(row, around),
  )
}

/** A note names its visit as an encounter of its own, as C-CDA wants it. */
function noteLinks(row: Row, around: Around): Element[] {
  const visit = str(row, 'encounter_id')
  const rest = connections({ ...row, encounter_id: null }, around)
  if (visit === undefined || !around.has(visit)) return rest
  const encounter = el('encounter', { classCode: 'ENC', moodCode: 'EVN' }, idOf(visit))
  return [related('COMP', encounter, { inversionInd: 'true' }), ...rest]
}
