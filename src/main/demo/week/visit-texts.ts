// What was written and prescribed in the visits of the demo week, by kind; vital signs as a nurse types them.
import type { NoteDocument } from '#modules/notes/shared/document.ts'
import { visitNote } from '../note-text.ts'
import type { VisitKind } from './practice.ts'

export function noteOf(kind: VisitKind, reason: string | undefined): NoteDocument {
  const about = reason ?? 'Planned visit'
  const { o, a, p } = parts[kind]
  return visitNote({ s: `${about}. ${opening[kind]}`, o, a, p: [...p] })
}

const opening: Readonly<Record<VisitKind, string>> = {
  consultation: 'For several days, no fever, sleeping well. No relief from rest alone.',
  review: 'Feels well. Takes the tablets every day, no side effects noticed.',
  child: 'Eating and drinking as usual, playful. Parents have no further concern.',
  antenatal: 'Feels movements every day. No bleeding, no headache.',
  nurse: 'Came as planned.',
  minor: 'Procedure explained, questions answered, agrees in writing.',
}

const parts: Readonly<
  Record<VisitKind, { readonly o: string; readonly a: string; readonly p: readonly string[] }>
> = {
  consultation: {
    o: 'General condition good. Heart and lungs normal. Findings of the region as described, no warning signs.',
    a: 'Uncomplicated complaint.',
    p: ['Advice given, leaflet handed out', 'Return if not better in a week'],
  },
  review: {
    o: 'Blood pressure and weight as recorded. Feet and pulses normal.',
    a: 'Stable under the present treatment.',
    p: ['Medicines go on unchanged', 'Blood tests before the next review in three months'],
  },
  child: {
    o: 'Growth along the same curve. Ears, throat and chest normal.',
    a: 'Healthy child.',
    p: ['Next check as planned'],
  },
  antenatal: {
    o: 'Fundus and heart sounds of the child as expected. Urine without protein.',
    a: 'Normal course.',
    p: ['Next visit in four weeks'],
  },
  nurse: { o: 'Done without difficulty.', a: 'Nurse visit.', p: ['Observed for fifteen minutes'] },
  minor: {
    o: 'Local anaesthetic, excision, two stitches, dressing.',
    a: 'Sent for histology.',
    p: ['Stitches out in ten days'],
  },
}

/** Systolic, diastolic, pulse, temperature; spread by the number of the visit so that no two look alike. */
export function vitalsOf(n: number): readonly {
  sign: 'blood-pressure' | 'heart-rate' | 'temperature'
  value: string
  second: string | null
  unit: 'mm[Hg]' | '/min' | 'Cel'
}[] {
  return [
    {
      sign: 'blood-pressure',
      value: String(118 + ((n * 13) % 44)),
      second: String(72 + ((n * 7) % 24)),
      unit: 'mm[Hg]',
    },
    { sign: 'heart-rate', value: String(62 + ((n * 11) % 32)), second: null, unit: '/min' },
    { sign: 'temperature', value: (36.2 + ((n * 3) % 9) / 10).toFixed(1), second: null, unit: 'Cel' },
  ]
}

/** What a doctor wrote on a script after some of the visits. */
export const scripts: Readonly<Record<string, readonly { drug: string; sig: string }[]>> = {
  declan: [
    { drug: 'Ibuprofen 400 mg tablet', sig: '1 tablet by mouth three times a day with food for 5 days' },
    {
      drug: 'Paracetamol 500 mg tablet',
      sig: '2 tablets by mouth every 6 hours as needed for pain, max 8 tablets per day',
    },
  ],
  priya: [{ drug: 'Cetirizine 10 mg tablet', sig: '1 tablet by mouth once a day for 30 days' }],
}
