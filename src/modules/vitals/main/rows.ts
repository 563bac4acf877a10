// Typed signs to rows of the chart's observations, as the FHIR R4 vital signs profiles shape them.
import type { NewRow } from '#core/store/writer-types.ts'
import type { chartTables } from '#modules/chart/main/api.ts'
import { diastolicCode, systolicCode } from '#modules/chart/shared/vital-signs.ts'
import type { Age } from '../shared/ranges.ts'
import { type BodyMass, type Gender, judge, rangeWords, type Taken } from '../shared/rules.ts'
import { bmi, signs } from '../shared/signs.ts'
import { convert, roundTo, units } from '../shared/units.ts'

type ObservationRow = NewRow<(typeof chartTables)['observation']>

export const loinc = 'http://loinc.org'
const ucum = 'http://unitsofmeasure.org'

/** That somebody asked whether the allergies on record still hold: a finding of the visit like any other. */
export const allergyCheck = {
  category: 'survey',
  code: 'allergies-checked',
  display: 'Allergies checked with the patient',
} as const

export interface Around {
  readonly patientId: string
  readonly encounterId: string | null
  readonly takenAt: string
  readonly takenBy: string
}

const frame = ({ patientId, encounterId, takenAt, takenBy }: Around) =>
  ({
    patient_id: patientId,
    status: 'final',
    effective_at: takenAt,
    encounter_id: encounterId,
    performer_display: takenBy,
  }) as const

export function signToRow(taken: Taken, age: Age | null, gender: Gender, around: Around): ObservationRow {
  const sign = signs[taken.sign]
  const { interpretation, ranges } = judge(taken, age, gender)
  const [first, second] = ranges.map((by) => rangeWords(by ?? null, taken.sign, taken.unit))
  const row: ObservationRow = {
    ...frame(around),
    category: 'vital-signs',
    code_system: loinc,
    code: sign.loinc,
    code_display: sign.display,
    interpretation,
  }
  if (taken.second !== null) {
    return {
      ...row,
      components: JSON.stringify([
        { ...component(systolicCode, 'Systolic blood pressure'), ...quantity(taken.value, taken) },
        { ...component(diastolicCode, 'Diastolic blood pressure'), ...quantity(taken.second, taken) },
      ]),
      range_text: first && second ? `${first} / ${second}` : null,
    }
  }
  const range = ranges[0]
  const inUnit = (value: number | null) =>
    value === null ? null : roundTo(convert(value, sign.units[0], taken.unit) ?? value, 1)
  return {
    ...row,
    ...quantity(taken.value, taken),
    range_low: inUnit(range?.low ?? null),
    range_high: inUnit(range?.high ?? null),
  }
}

export function bodyMassToRow({ value, interpretation }: BodyMass, around: Around): ObservationRow {
  return {
    ...frame(around),
    category: 'vital-signs',
    code_system: loinc,
    code: bmi.loinc,
    code_display: bmi.display,
    ...quantity(value.toFixed(1), { unit: bmi.unit }),
    interpretation,
  }
}

export function allergyCheckToRow(around: Around): ObservationRow {
  return {
    ...frame(around),
    category: allergyCheck.category,
    code: allergyCheck.code,
    code_display: allergyCheck.display,
    value_kind: 'boolean',
    value_text: 'true',
  }
}

const component = (code: string, display: string) => ({
  code_system: loinc,
  code,
  code_display: display,
})

const quantity = (digits: string, { unit }: Pick<Taken, 'unit'>) => ({
  value_kind: 'quantity',
  value_number: Number(digits),
  value_text: digits,
  value_unit: units[unit].label,
  value_ucum: unit,
  value_system: ucum,
})
