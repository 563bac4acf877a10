// What each paper shows, as its module hands it over. Amounts are minor units, dates calendar dates in the clinic's zone,
// texts as they shall stand on the paper; the paper adds no fact and leaves none out.

export const paperKinds = ['prescription', 'invoice', 'receipt', 'sick-note', 'day-sheet'] as const
export type PaperKind = (typeof paperKinds)[number]

/** Names one paper: what screens pass to preview or print it. `id` is a date (YYYY-MM-DD) for the day sheet. */
export interface PaperRef {
  readonly kind: PaperKind
  readonly patientId: string | null
  readonly id: string
}

export interface PaperPatient {
  readonly name: string
  readonly birthDate: string | null
  readonly gender: 'male' | 'female' | 'other' | 'unknown'
  readonly recordNumber: string
  /** Lines of the address, without the name. */
  readonly address: readonly string[]
}

export interface PaperPerson {
  readonly name: string
  /** "General practice"; null where none is on record. */
  readonly qualification: string | null
}

export interface PrescriptionPaper {
  readonly kind: 'prescription'
  readonly number: string
  readonly issuedOn: string
  readonly patient: PaperPatient
  readonly weightKg: number | null
  readonly allergies: readonly string[] | 'none-known' | 'not-recorded'
  readonly prescriber: PaperPerson
  readonly items: readonly {
    readonly drug: string
    /** Directions in words, as confirmed. */
    readonly directions: string
    /** "30 tablets"; null where none was given. */
    readonly quantity: string | null
    readonly refills: number
    readonly note: string | null
  }[]
}

export interface MoneyLine {
  readonly date: string
  readonly code: string | null
  readonly text: string
  readonly quantity: number
  readonly unitMinor: number
  /** 1900 is 19 %. */
  readonly taxBasisPoints: number
  readonly netMinor: number
}

export interface InvoicePaper {
  readonly kind: 'invoice'
  /** `credit-note` reverses the invoice named in `reverses`. */
  readonly type: 'invoice' | 'credit-note'
  readonly number: string
  readonly reverses: string | null
  readonly issuedOn: string
  readonly dueOn: string | null
  readonly patient: PaperPatient
  /** Who pays, where it is not the patient: name, then lines of the address. */
  readonly payer: { readonly name: string; readonly address: readonly string[] } | null
  readonly currency: string
  readonly lines: readonly MoneyLine[]
  readonly taxes: readonly {
    readonly basisPoints: number
    readonly netMinor: number
    readonly taxMinor: number
  }[]
  readonly netMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
  readonly paidMinor: number
  readonly dueMinor: number
  readonly note: string | null
}

export interface ReceiptPaper {
  readonly kind: 'receipt'
  readonly number: string
  /** Instant. */
  readonly at: string
  readonly patient: PaperPatient
  readonly currency: string
  /** One line per tender: cash, card, transfer ... */
  readonly tenders: readonly {
    readonly method: string
    readonly amountMinor: number
    readonly reference: string | null
  }[]
  readonly appliedTo: readonly { readonly invoiceNumber: string; readonly amountMinor: number }[]
  readonly totalMinor: number
  readonly balanceMinor: number
  readonly cashier: string
}

export interface SickNotePaper {
  readonly kind: 'sick-note'
  readonly number: string
  readonly issuedOn: string
  readonly patient: PaperPatient
  readonly from: string
  readonly until: string
  readonly isFollowUp: boolean
  /** Printed only where the patient wants it. */
  readonly diagnosis: string | null
  readonly remarks: string | null
  readonly prescriber: PaperPerson
}

export interface DaySheetPaper {
  readonly kind: 'day-sheet'
  readonly date: string
  readonly providers: readonly {
    readonly name: string
    readonly rows: readonly {
      /** Wall clock, HH:MM. */
      readonly start: string
      readonly end: string
      readonly patient: string
      readonly birthDate: string | null
      readonly recordNumber: string
      readonly phone: string | null
      readonly visitType: string | null
      readonly room: string | null
      readonly status: string
      readonly note: string | null
    }[]
  }[]
}

export type PaperData = PrescriptionPaper | InvoicePaper | ReceiptPaper | SickNotePaper | DaySheetPaper
