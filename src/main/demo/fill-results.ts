// Measurements and laboratory reports of demo patients as observations with LOINC codes and UCUM units.
import type { CommandContext } from '#core/rpc/context.ts'
import { chartTables as t } from '#modules/chart/main/api.ts'
import { diastolicCode, systolicCode } from '#modules/chart/shared/vital-signs.ts'
import type { DemoReport, DemoVitals } from './demo-data.ts'
import { labName, nurseName } from './staff.ts'

const loinc = 'http://loinc.org'

interface When {
  readonly at: number
  readonly encounterId: string | null
}
type Sign = Exclude<keyof DemoVitals, 'sys' | 'dia'>

/** LOINC code, words, unit as shown, UCUM code, digits. */
const signs: { readonly [S in Sign]: readonly [string, string, string, string, number] } = {
  hr: ['8867-4', 'Heart rate', '/min', '/min', 0],
  rr: ['9279-1', 'Respiratory rate', '/min', '/min', 0],
  temp: ['8310-5', 'Body temperature', '°C', 'Cel', 1],
  spo2: ['59408-5', 'Oxygen saturation', '%', '%', 0],
  weight: ['29463-7', 'Body weight', 'kg', 'kg', 1],
  height: ['8302-2', 'Body height', 'cm', 'cm', 0],
  bmi: ['39156-5', 'Body mass index', 'kg/m²', 'kg/m2', 1],
  head: ['9843-4', 'Head circumference', 'cm', 'cm', 1],
  pain: ['72514-3', 'Pain, 0 to 10', '', '{score}', 0],
}

export function fillMeasurements(ctx: CommandContext, patientId: string, v: DemoVitals, when: When): void {
  const measurement = {
    patient_id: patientId,
    status: 'final',
    category: 'vital-signs',
    code_system: loinc,
    effective_at: new Date(when.at).toISOString(),
    encounter_id: when.encounterId,
    performer_display: nurseName,
  }
  if (v.sys !== undefined && v.dia !== undefined) {
    const part = (code: string, display: string, value: number) => ({
      code_system: loinc,
      code,
      code_display: display,
      value_kind: 'quantity',
      value_number: value,
      value_text: String(value),
      value_unit: 'mmHg',
      value_ucum: 'mm[Hg]',
    })
    const components = JSON.stringify([
      part(systolicCode, 'Systolic blood pressure', v.sys),
      part(diastolicCode, 'Diastolic blood pressure', v.dia),
    ])
    const row = { ...measurement, code: '85354-9', code_display: 'Blood pressure', components }
    ctx.write.insert(t.observation, row, when.at)
  }
  for (const sign of Object.keys(signs) as Sign[]) {
    const value = v[sign]
    if (value === undefined) continue
    const [code, display, unit, ucum, digits] = signs[sign]
    const row = {
      ...measurement,
      code,
      code_display: display,
      value_kind: 'quantity',
      value_number: value,
      value_text: Number.isInteger(value) ? String(value) : value.toFixed(Math.max(digits, 1)),
      value_unit: unit || null,
      value_ucum: ucum,
    }
    ctx.write.insert(t.observation, row, when.at)
  }
}

export function fillReport(ctx: CommandContext, patientId: string, report: DemoReport, when: When): void {
  const at = when.at + 4 * 3_600_000
  const effective = new Date(when.at).toISOString()
  const reportId = ctx.mint(at)
  const common = {
    patient_id: patientId,
    status: 'final',
    encounter_id: when.encounterId,
    performer_display: labName,
  }
  const resultIds = report.results.map((r) =>
    ctx.write.insert(
      t.observation,
      {
        ...common,
        category: 'laboratory',
        code_system: loinc,
        code: r.code,
        code_display: r.display,
        effective_at: effective,
        value_kind: r.words === undefined ? 'quantity' : 'string',
        value_number: r.value ?? null,
        value_text: r.words ?? r.text ?? null,
        value_unit: r.unit ?? null,
        value_ucum: r.ucum ?? null,
        interpretation: r.flag,
        range_low: r.low ?? null,
        range_high: r.high ?? null,
        report_id: reportId,
      },
      at,
    ),
  )
  const row = {
    ...common,
    id: reportId,
    category: 'LAB',
    code_system: report.code === null ? null : loinc,
    code: report.code,
    code_display: report.display,
    effective_at: effective,
    issued: new Date(at).toISOString(),
    conclusion: report.conclusion ?? null,
    result_ids: JSON.stringify(resultIds),
  }
  ctx.write.insert(t.diagnosticReport, row, at)
}
