// Products of FDA's Orange Book to the lines people search: one per ingredient, strength, form and route, and one more
// per brand. Words are made readable ("EQ 500MG BASE" -> "500 mg"), what they say is not changed.
import { createHash } from 'node:crypto'
import type { DoseUnit } from '../model.ts'

export interface Product {
  readonly ingredients: readonly string[]
  readonly strength: string
  readonly form: string
  readonly route: string
  /** null: under its own name. */
  readonly brand: string | null
  readonly legal: 'rx' | 'otc' | 'discontinued'
}

export const orangeBook = 'drugs/fda-orange-book-2024-11.csv.gz'
/** What clinics write every day and FDA approves under other rules: over the counter, biologics. Osler's own list. */
export const commonMedicines = 'drugs/common-medicines.csv'

type Source = Readonly<Record<string, string>>

export function productOf(row: Source): Product {
  const ingredients = (row.ingredient ?? '')
    .split(/;(?![^(]*\))/)
    .map((i) => i.toLowerCase().trim())
    .filter((i) => i !== '')
    .toSorted()
  const trade = (row.trade_name ?? '').toLowerCase().trim()
  return {
    ingredients,
    strength: strengthOf(row.strength ?? ''),
    form: formOf(row.dosage_form ?? ''),
    route: (row.route ?? '').toLowerCase().replace(/-\d+$/, ''),
    brand: isGenericName(trade, ingredients) ? null : titleCase(trade),
    legal: row.type === 'RX' ? 'rx' : row.type === 'OTC' ? 'otc' : 'discontinued',
  }
}

/** "AMOXICILLIN AND CLAVULANATE POTASSIUM" is no brand of amoxicillin; clavulanate potassium. */
function isGenericName(trade: string, ingredients: readonly string[]): boolean {
  const filler =
    /\b(and|in|w|with|plastic|container|preservative|free|hydrochloride|sodium|extended|release|usp)\b/g
  const words = (text: string) =>
    new Set(
      text
        .replace(filler, ' ')
        .split(/[^a-z0-9]+/)
        .filter((w) => w.length > 2),
    )
  const own = words(ingredients.join(' '))
  const named = [...words(trade)]
  return named.length === 0 || named.some((w) => own.has(w))
}

/** Notes of the FDA stand after two stars; they are about approval, not about the medicine. */
export function strengthOf(raw: string): string {
  const plain = raw.replace(/\s*\*\*.*$/, '').trim()
  return plain
    .replaceAll(/\bEQ\s+/g, '')
    .replaceAll(/\s+BASE\b/g, '')
    .replaceAll(/(?<=[\d.])\s*(MG|GM|GRAM|MCG|UGM?|ML|MEQ|MMOL|UNITS?|IU|MCI|HR|%)/g, (_m, unit: string) =>
      unit === '%' ? '%' : ` ${unitOf(unit)}`,
    )
    .replaceAll(/\/(ML|VIAL|ACTUATION|INH|HR|SPRAY|PACKET|BOTTLE)\b/g, (m) => m.toLowerCase())
    .replaceAll(';', ' / ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
const unitOf = (unit: string) => ({ GM: 'g', GRAM: 'g', UGM: 'mcg', UG: 'mcg' })[unit] ?? unit.toLowerCase()

/** "TABLET, EXTENDED RELEASE" reads "tablet, extended release". */
const formOf = (raw: string) =>
  raw.toLowerCase().replaceAll('delayed rel pellets', 'delayed release pellets').trim()

const titleCase = (text: string) =>
  text.replaceAll(/(^|[\s(-])(\p{L})/gu, (_m, a: string, b: string) => a + b.toUpperCase())

/** "0.05 mg" is also asked for as 50 mcg. */
export function strengthWords(strength: string): string {
  const small = [...strength.matchAll(/\b(0\.\d+) mg\b/g)].map(
    (m) => `${Number((Number(m[1]) * 1000).toFixed(3))} mcg`,
  )
  return [strength, ...small].join(' ')
}

/** Stays the same from edition to edition: made of what the line says. */
export function drugId(product: Product): string {
  const { ingredients, strength, form, route, brand } = product
  const text = [ingredients.join(';'), strength, form, route, brand ?? ''].join('|')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** What one of it is, so that "1 bd" can be read; null where nobody takes one of it. */
export function unitOfForm(form: string): DoseUnit | null {
  if (form.includes('copackaged') || form.includes('kit') || /capsule.*tablet|tablet.*capsule/.test(form))
    return null
  if (form.startsWith('tablet')) return 'tablet'
  if (form.startsWith('capsule')) return 'capsule'
  if (form.startsWith('suppository')) return 'suppository'
  if (form.startsWith('troche')) return 'lozenge'
  return null
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "Amoxicillin 500 mg capsule"; brands carry what is in them: "Augmentin (amoxicillin, clavulanate) ...". */
export function labelOf({ ingredients, strength, form, route, brand }: Product): string {
  const name = brand === null ? capitalised(ingredients.join(' + ')) : `${brand} (${ingredients.join(' + ')})`
  const way = /tablet|capsule/.test(form) && route === 'oral' ? '' : `, ${route}`
  return `${name} ${strength} ${form}${way}`.replaceAll(/\s+/g, ' ').trim()
}
