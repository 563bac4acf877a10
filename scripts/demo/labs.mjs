// Laboratory panels of the demo clinic: LOINC codes, units and adult ranges as a small Irish laboratory prints them.
import { round } from './random.mjs'

const test = (code, display, unit, ucum, low, high, digits, middle) => ({
  code,
  display,
  unit,
  ucum,
  low,
  high,
  digits,
  middle,
})

const tests = {
  hb: test('718-7', 'Haemoglobin', 'g/dL', 'g/dL', 12, 16.5, 1, 14),
  wbc: test('6690-2', 'White cell count', '10⁹/L', '10*9/L', 4, 11, 1, 6.8),
  plt: test('777-3', 'Platelets', '10⁹/L', '10*9/L', 150, 400, 0, 255),
  mcv: test('787-2', 'MCV', 'fL', 'fL', 80, 100, 0, 89),
  na: test('2951-2', 'Sodium', 'mmol/L', 'mmol/L', 133, 146, 0, 139),
  k: test('2823-3', 'Potassium', 'mmol/L', 'mmol/L', 3.5, 5.3, 1, 4.3),
  urea: test('22664-7', 'Urea', 'mmol/L', 'mmol/L', 2.5, 7.8, 1, 5.1),
  creat: test('14682-9', 'Creatinine', 'µmol/L', 'umol/L', 45, 104, 0, 74),
  egfr: test('62238-1', 'eGFR (CKD-EPI)', 'mL/min/1.73 m²', 'mL/min/{1.73_m2}', 60, null, 0, 90),
  chol: test('14647-2', 'Total cholesterol', 'mmol/L', 'mmol/L', null, 5, 1, 4.8),
  hdl: test('14646-4', 'HDL cholesterol', 'mmol/L', 'mmol/L', 1, null, 1, 1.4),
  ldl: test('39469-2', 'LDL cholesterol, calculated', 'mmol/L', 'mmol/L', null, 3, 1, 2.8),
  trig: test('14927-8', 'Triglycerides', 'mmol/L', 'mmol/L', null, 1.7, 1, 1.3),
  hba1c: test('59261-8', 'HbA1c (IFCC)', 'mmol/mol', 'mmol/mol', 20, 42, 0, 36),
  glucose: test('14771-0', 'Fasting glucose', 'mmol/L', 'mmol/L', 3.9, 5.9, 1, 5),
  tsh: test('3016-3', 'TSH', 'mIU/L', 'm[IU]/L', 0.4, 4, 2, 1.8),
  ft4: test('14920-3', 'Free T4', 'pmol/L', 'pmol/L', 9, 20, 1, 14),
  crp: test('1988-5', 'C-reactive protein', 'mg/L', 'mg/L', null, 5, 0, 2),
  ferritin: test('2276-4', 'Ferritin', 'µg/L', 'ug/L', 15, 200, 0, 70),
  urate: test('14933-6', 'Urate', 'µmol/L', 'umol/L', 140, 360, 0, 290),
  alt: test('1742-6', 'ALT', 'U/L', 'U/L', null, 41, 0, 22),
  alp: test('6768-6', 'Alkaline phosphatase', 'U/L', 'U/L', 30, 130, 0, 76),
  bili: test('14631-6', 'Bilirubin', 'µmol/L', 'umol/L', null, 21, 0, 9),
  b12: test('14685-2', 'Vitamin B12', 'pmol/L', 'pmol/L', 140, 650, 0, 320),
  psa: test('2857-1', 'PSA', 'µg/L', 'ug/L', null, 4, 1, 1.6),
  inr: test('6301-6', 'INR', null, '{INR}', null, null, 1, 1),
  acr: test('9318-7', 'Albumin/creatinine ratio, urine', 'mg/g', 'mg/g', null, 30, 0, 9),
}

const panels = {
  fbc: ['58410-2', 'Full blood count', ['hb', 'wbc', 'plt', 'mcv']],
  renal: ['51990-0', 'Renal profile', ['na', 'k', 'urea', 'creat', 'egfr']],
  lipids: ['24331-1', 'Lipid profile', ['chol', 'hdl', 'ldl', 'trig']],
  liver: ['24325-3', 'Liver profile', ['bili', 'alt', 'alp']],
  thyroid: [null, 'Thyroid function', ['tsh', 'ft4']],
  iron: [null, 'Haematinics', ['ferritin', 'b12']],
  hba1c: [null, 'HbA1c', ['hba1c']],
  acr: [null, 'Urine albumin', ['acr']],
  crp: [null, 'C-reactive protein', ['crp']],
  urate: [null, 'Urate', ['urate']],
  psa: [null, 'Prostate specific antigen', ['psa']],
  inr: [null, 'INR', ['inr']],
  glucose: [null, 'Fasting glucose', ['glucose']],
}

const dipstick = [
  ['leucocytes', '5799-2', 'Leucocyte esterase, urine'],
  ['nitrite', '5802-4', 'Nitrite, urine'],
  ['protein', '20454-5', 'Protein, urine'],
  ['blood', '5794-3', 'Blood, urine'],
]

/** A panel with the values given; the others are made up around their middle, inside the range. */
export function panelOf(name, random, given = {}) {
  const [code, display, names] = panels[name]
  return { code, display, results: names.map((key) => resultOf(tests[key], random, given[key])) }
}

function resultOf(t, random, given) {
  const spread = t.middle * 0.09
  let value = given ?? random.near(t.middle, spread)
  if (given === undefined) {
    if (t.low !== null) value = Math.max(value, t.low)
    if (t.high !== null) value = Math.min(value, t.high)
  }
  value = round(value, t.digits)
  const flag = t.high !== null && value > t.high ? 'H' : t.low !== null && value < t.low ? 'L' : null
  return {
    code: t.code,
    display: t.display,
    value,
    text: value.toFixed(t.digits),
    unit: t.unit,
    ucum: t.ucum,
    low: t.low,
    high: t.high,
    flag,
  }
}

/** Results in words: what is named is positive, the rest negative. */
export function dipstickOf(found = {}) {
  return {
    code: null,
    display: 'Urine dipstick',
    results: dipstick.map(([key, code, display]) => ({
      code,
      display,
      words: found[key] ?? 'negative',
      flag: found[key] ? 'A' : null,
    })),
  }
}

export const labCodes = [
  ...Object.values(tests).map((t) => t.code),
  ...Object.values(panels).flatMap(([code]) => code ?? []),
  ...dipstick.map(([, code]) => code),
]
