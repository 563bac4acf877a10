// What the letterhead page shows before anything was printed: every part of a paper, each saying what stands there.
// Marked as a specimen on the paper itself.
import type { PaperData, PaperKind, PaperPatient } from '../shared/paper-data.ts'
import { paperWords } from '../shared/paper-words.ts'
import type { PaperLanguage } from '../shared/settings.ts'

export function specimenOf(
  kind: PaperKind,
  language: PaperLanguage,
  currency: string,
  today: string,
): PaperData {
  const words = paperWords[language]
  const patient: PaperPatient = {
    name: words.patient,
    birthDate: null,
    gender: 'unknown',
    recordNumber: words.number,
    address: [],
  }
  const person = { name: words.signature, qualification: null }
  const nothing = { currency, netMinor: 0, taxMinor: 0, totalMinor: 0, paidMinor: 0, dueMinor: 0 }
  switch (kind) {
    case 'prescription':
      return {
        kind,
        number: '–',
        issuedOn: today,
        patient,
        weightKg: null,
        allergies: 'not-recorded',
        prescriber: person,
        items: [1, 2].map(() => ({
          drug: words.specimen,
          directions: words.note,
          quantity: words.quantity,
          refills: 0,
          note: null,
        })),
      }
    case 'invoice':
      return {
        ...nothing,
        kind,
        type: 'invoice',
        number: '–',
        reverses: null,
        issuedOn: today,
        dueOn: today,
        patient,
        payer: null,
        lines: [
          {
            date: today,
            code: null,
            text: words.service,
            quantity: 1,
            unitMinor: 0,
            taxBasisPoints: 0,
            netMinor: 0,
          },
        ],
        taxes: [],
        note: null,
      }
    case 'receipt':
      return {
        kind,
        number: '–',
        at: `${today}T12:00:00.000Z`,
        patient,
        currency,
        tenders: [{ method: words.method, amountMinor: 0, reference: null }],
        appliedTo: [],
        totalMinor: 0,
        balanceMinor: 0,
        cashier: words.receivedBy,
      }
    case 'sick-note':
      return {
        kind,
        number: '–',
        issuedOn: today,
        patient,
        from: today,
        until: today,
        isFollowUp: false,
        diagnosis: words.diagnosis,
        remarks: null,
        prescriber: person,
      }
    case 'day-sheet':
      return { kind, date: today, providers: [] }
  }
}
