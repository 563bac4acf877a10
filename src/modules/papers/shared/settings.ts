// The letterhead and how papers come out: what an admin sets once for the whole clinic.
import * as z from 'zod'
import { paperKinds } from './paper-data.ts'

export const paperSizes = ['A4', 'A5', 'Letter'] as const
export const PaperSize = z.enum(paperSizes)
export type PaperSize = z.infer<typeof PaperSize>

export const paperLanguages = ['en', 'ar'] as const
export type PaperLanguage = (typeof paperLanguages)[number]

/** Names of printers as the system knows them: nothing that could be taken for an option of a command. */
export const PrinterName = z.string().regex(/^[^\s/#?'"\\-][^\s/#?'"\\]{0,126}$/u)

export const KindSettings = z.strictObject({ page: PaperSize, printer: PrinterName.nullable() })
export const PaperSettings = z.record(z.enum(paperKinds), KindSettings)
export type PaperSettings = z.infer<typeof PaperSettings>
/** As it lies in the database: a kind of paper that came later is not in it. */
export const StoredSettings = z.partialRecord(z.enum(paperKinds), KindSettings)

const Line = z.string().trim().min(1).max(120)
const Short = z.string().trim().min(1).max(200).nullable()

/** What the admin writes; the logo is set on its own. */
export const LetterheadFields = {
  /** The first line is the clinic's name, large; the others stand below it. */
  nameLines: z.array(Line).min(1).max(4),
  address: z.array(Line).max(5),
  phone: Short,
  email: Short,
  registration: Short,
  taxNumber: Short,
  bank: Short,
  footer: z.string().trim().min(1).max(300).nullable(),
  language: z.enum(paperLanguages),
  settings: PaperSettings,
} as const
export const LetterheadValues = z.strictObject(LetterheadFields)
export type LetterheadValues = z.infer<typeof LetterheadValues>

export const Logo = z.strictObject({ type: z.enum(['image/png', 'image/jpeg']), data: z.string() })
export type Logo = z.infer<typeof Logo>

export const Letterhead = z.strictObject({
  ...LetterheadFields,
  /** 0 while nobody has set one: the clinic's name stands alone. */
  rev: z.number().int(),
  logo: Logo.nullable(),
})
export type Letterhead = z.infer<typeof Letterhead>

export const logoLimits = { bytes: 256 * 1024, side: 3000, pixels: 4_000_000 } as const

/** America prints on Letter, most others on A4; prescriptions and receipts are small slips by habit of neither. */
export function defaultSettings(country: string): PaperSettings {
  const page: PaperSize = ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE'].includes(country) ? 'Letter' : 'A4'
  return Object.fromEntries(paperKinds.map((kind) => [kind, { page, printer: null }])) as PaperSettings
}
