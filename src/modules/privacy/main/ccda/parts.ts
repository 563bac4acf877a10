// Pieces that entries of several sections share: who, about which visit, remarks and amendments.
import { type Row, str } from '../fhir/elements.ts'
import type { Fact } from '#modules/privacy/shared/ccda-words.ts'
import {
  fixedCode,
  idOf,
  interval,
  loincCode,
  onlyWords,
  pointer,
  status,
  template,
  textAt,
  time,
} from './data-types.ts'
import { placeOf } from './narrative.ts'
import { snomed, templates } from './oids.ts'
import { el, type Element } from './xml.ts'

/** What entries may ask about the rest of the document. */
export interface Around {
  /** The amendments of an item, by the place their words stand in. */
  readonly amendmentsOf: (row: Row) => readonly string[]
  /** Whether the document has this visit or note: only then is it pointed to. */
  readonly has: (id: string) => boolean
}

export const related = (
  typeCode: string,
  inside: Element,
  more: { readonly inversionInd?: 'true' } = {},
): Element => el('entryRelationship', { typeCode, ...more }, inside)

export const person = (name: string): Element => el('assignedPerson', {}, el('name', {}, name))

/** Who wrote or ordered it, where a name is known; ids of people of this clinic are nobody's business outside. */
export function author(name: string | undefined, at: string | undefined): Element | undefined {
  if (name === undefined) return undefined
  return el(
    'author',
    {},
    template(templates.author),
    time('time', at),
    el('assignedAuthor', {}, el('id', { nullFlavor: 'UNK' }), person(name)),
  )
}

export const performer = (name: string | undefined, organization?: string): Element | undefined =>
  name === undefined && organization === undefined
    ? undefined
    : el(
        'performer',
        {},
        el(
          'assignedEntity',
          {},
          el('id', { nullFlavor: 'UNK' }),
          el('addr', { nullFlavor: 'UNK' }),
          el('telecom', { nullFlavor: 'UNK' }),
          name === undefined ? undefined : person(name),
          organization === undefined
            ? undefined
            : el('representedOrganization', {}, el('name', {}, organization)),
        ),
      )

export const place = (name: string | undefined): Element | undefined =>
  name === undefined
    ? undefined
    : el(
        'participant',
        { typeCode: 'LOC' },
        el(
          'participantRole',
          { classCode: 'SDLOC' },
          template(templates.place),
          el('code', { nullFlavor: 'UNK' }),
          el('addr', { nullFlavor: 'UNK' }),
          el('telecom', { nullFlavor: 'UNK' }),
          el('playingEntity', { classCode: 'PLC' }, el('name', {}, name)),
        ),
      )

const comment = (target: string): Element =>
  related(
    'SUBJ',
    el(
      'act',
      { classCode: 'ACT', moodCode: 'EVN' },
      template(templates.comment),
      loincCode('code', '48767-8', 'Annotation comment'),
      textAt(target),
    ),
    { inversionInd: 'true' },
  )

export const entryReference = (id: string, typeCode = 'REFR'): Element =>
  related(
    typeCode,
    el(
      'act',
      { classCode: 'ACT', moodCode: 'EVN' },
      template(templates.entryReference),
      idOf(id),
      el('code', { nullFlavor: 'NP' }),
      status('completed'),
    ),
  )

/** The remark of a row, what the patient wants changed about it, and the visit it belongs to. */
export function connections(row: Row, around: Around): Element[] {
  const visit = str(row, 'encounter_id')
  return [
    ...(str(row, 'note') === undefined ? [] : [comment(placeOf(row, 'note'))]),
    ...around.amendmentsOf(row).map(comment),
    ...(visit !== undefined && around.has(visit) ? [entryReference(visit)] : []),
  ]
}

/** Why something was done, as words. */
export const indication = (row: Row, value: Element): Element =>
  related(
    'RSON',
    el(
      'observation',
      { classCode: 'OBS', moodCode: 'EVN' },
      template(templates.indication),
      idOf(String(row.id), 'reason'),
      fixedCode('code', '404684003', snomed, 'Clinical finding'),
      textAt(placeOf(row, 'reason')),
      status('completed'),
      interval(el('low', { nullFlavor: 'NI' })),
      value,
    ),
  )

export const saidOnly = (row: Row, fact: Fact, name: string, column: string): Element | undefined =>
  str(row, column) === undefined ? undefined : onlyWords(name, placeOf(row, fact))

/** Words under a code, pointed to where the code itself is not known. */
export const severity = (words: string, code: string | undefined): Element => {
  const known = severities[code ?? '']
  return related(
    'SUBJ',
    el(
      'observation',
      { classCode: 'OBS', moodCode: 'EVN' },
      template(templates.severity),
      fixedCode('code', 'SEV', { oid: '2.16.840.1.113883.5.4', name: 'ActCode' }, 'Severity'),
      el('text', {}, pointer(words)),
      status('completed'),
      known === undefined
        ? onlyWords('value', words, 'CD')
        : el('value', {
            'xsi:type': 'CD',
            code: known,
            codeSystem: snomed.oid,
            codeSystemName: snomed.name,
            displayName: code,
          }),
    ),
    { inversionInd: 'true' },
  )
}
const severities: Readonly<Record<string, string>> = {
  mild: '255604002',
  moderate: '6736007',
  severe: '24484000',
}
