// The signs that can be taken: LOINC code and words of the FHIR R4 vital signs profiles, units, what is impossible.
import type { UnitCode } from './units.ts'

export const signKeys = [
  'blood-pressure',
  'heart-rate',
  'temperature',
  'respiratory-rate',
  'oxygen-saturation',
  'weight',
  'height',
  'head-circumference',
  'pain',
] as const
export type SignKey = (typeof signKeys)[number]

/** Parts that are judged by themselves: a blood pressure is two numbers. */
export type PartKey = Exclude<SignKey, 'blood-pressure'> | 'systolic' | 'diastolic'

export interface Sign {
  readonly loinc: string
  /** LOINC's own name, kept with the value for whoever receives it. */
  readonly display: string
  /** The first is the one limits and ranges are given in. */
  readonly units: readonly [UnitCode, ...UnitCode[]]
  /** Digits after the point that mean something, in the first unit. */
  readonly decimals: 0 | 1 | 2
}

// https://hl7.org/fhir/R4/observation-vitalsigns.html; pain is LOINC's numeric rating scale, outside of the profiles.
export const signs: { readonly [K in SignKey]: Sign } = {
  'blood-pressure': {
    loinc: '85354-9',
    display: 'Blood pressure panel with all children optional',
    units: ['mm[Hg]', 'kPa'],
    decimals: 0,
  },
  'heart-rate': { loinc: '8867-4', display: 'Heart rate', units: ['/min'], decimals: 0 },
  temperature: { loinc: '8310-5', display: 'Body temperature', units: ['Cel', '[degF]'], decimals: 1 },
  'respiratory-rate': { loinc: '9279-1', display: 'Respiratory rate', units: ['/min'], decimals: 0 },
  'oxygen-saturation': {
    loinc: '2708-6',
    display: 'Oxygen saturation in Arterial blood',
    units: ['%'],
    decimals: 0,
  },
  weight: { loinc: '29463-7', display: 'Body weight', units: ['kg', '[lb_av]', 'g'], decimals: 2 },
  height: { loinc: '8302-2', display: 'Body height', units: ['cm', '[in_i]'], decimals: 1 },
  'head-circumference': {
    loinc: '9843-4',
    display: 'Head Occipital-frontal circumference',
    units: ['cm', '[in_i]'],
    decimals: 1,
  },
  pain: {
    loinc: '72514-3',
    display: 'Pain severity - 0-10 verbal numeric rating [Score] - Reported',
    units: ['{score}'],
    decimals: 0,
  },
}

export const bmi = { loinc: '39156-5', display: 'Body mass index (BMI) [Ratio]', unit: 'kg/m2' } as const

/**
 * Outside of these a value is a slip of the hand or the wrong unit, never a patient. They lie beyond what living people
 * have had: 635 kg and 272 cm (Guinness World Records), 46.5 °C (Slovis 1982, Ann Emerg Med 11:271), and below what a
 * person seen in a clinic has.
 */
export const limits: { readonly [P in PartKey | 'bmi']: readonly [low: number, high: number] } = {
  systolic: [20, 350],
  diastolic: [5, 250],
  'heart-rate': [10, 350],
  temperature: [20, 46.5],
  'respiratory-rate': [1, 150],
  'oxygen-saturation': [20, 100],
  weight: [0.2, 700],
  height: [15, 280],
  'head-circumference': [10, 80],
  pain: [0, 10],
  bmi: [3, 250],
}
