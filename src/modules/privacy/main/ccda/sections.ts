// The sections of the document: which rows each holds, and how they become entries.
import type { CcdaSection } from '#modules/privacy/shared/ccda-words.ts'
import { type Row, str } from '../fhir/elements.ts'
import { observationEntry, resultEntries, vitalSignEntries } from './entries-measures.ts'
import { medicineEntry, vaccinationEntry } from './entries-medicines.ts'
import { allergyEntry, isRuledOut, problemEntry } from './entries-problems.ts'
import { noteEntry, procedureEntry, visitEntry } from './entries-visits.ts'
import { shapes } from './narrative.ts'
import { templates } from './oids.ts'
import type { Around } from './parts.ts'
import type { Element } from './xml.ts'

export type Rows = ReadonlyMap<string, readonly Row[]>
export interface Item {
  readonly table: string
  readonly row: Row
}

/** What a section tells, newest first, and what was recorded in error or ruled out. */
export interface SectionRows {
  readonly told: readonly Item[]
  readonly leftOut: number
}

const isWrong = (row: Row): boolean => str(row, 'status') === 'entered-in-error' || isRuledOut(row)

const category = (row: Row): CcdaSection => {
  const value = str(row, 'category')
  if (value === 'vital-signs') return 'vitalSigns'
  return value === 'social-history' ? 'socialHistory' : 'results'
}

const tables: Readonly<Record<CcdaSection, readonly string[]>> = {
  allergies: ['allergy_intolerance'],
  medications: ['medication_request'],
  problems: ['condition'],
  results: ['diagnostic_report', 'observation'],
  socialHistory: ['observation'],
  vitalSigns: ['observation'],
  encounters: ['encounter'],
  immunizations: ['immunization'],
  procedures: ['procedure'],
  notes: ['composition'],
}

/** Tables whose rows stand in a section, so that the list of the rest leaves them out. */
export const carried: ReadonlySet<string> = new Set(Object.values(tables).flat())

export function rowsOf(section: CcdaSection, rows: Rows): SectionRows {
  const all = tables[section].flatMap((table) =>
    (rows.get(table) ?? [])
      .filter((row) => table !== 'observation' || category(row) === section)
      .map((row) => ({ table, row })),
  )
  const told = all.filter(({ row }) => !isWrong(row))
  const at = ({ table, row }: Item) => str(row, shapes[table]?.at ?? '') ?? ''
  return {
    told: told.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) < at(b) ? 1 : -1)),
    leftOut: all.length - told.length,
  }
}

type Maker = (row: Row, around: Around) => Element | undefined
const each = (make: Maker) =>
  function* (items: readonly Item[], around: Around): Generator<Element> {
    for (const { row } of items) {
      const entry = make(row, around)
      if (entry !== undefined) yield entry
    }
  }

const smokingStatus = '72166-2'

export const entriesOf: Readonly<
  Record<CcdaSection, (items: readonly Item[], around: Around) => Generator<Element>>
> = {
  allergies: each(allergyEntry),
  medications: each(medicineEntry),
  problems: each(problemEntry),
  results: (items, around) => {
    const of = (table: string) => items.filter((item) => item.table === table).map((item) => item.row)
    return resultEntries(of('diagnostic_report'), of('observation'), around)
  },
  socialHistory: each((row, around) =>
    observationEntry(row, str(row, 'code') === smokingStatus ? templates.smoking : templates.social, around),
  ),
  vitalSigns: (items, around) =>
    vitalSignEntries(
      items.map((item) => item.row),
      around,
    ),
  encounters: each(visitEntry),
  immunizations: each(vaccinationEntry),
  procedures: each(procedureEntry),
  notes: each(noteEntry),
}
