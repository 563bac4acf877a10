// How much, by which way, to which place, and with which verb.
import { type Part, phrase, type PhraseReader, type Values } from './pattern.ts'
import type { DoseUnit, Method, Route, Site } from './types.ts'
import { measuredUnits } from './vocabulary.ts'

/** A dose in a unit; zero and unclear commas are no dose. */
export function doseOf({ amounts, units }: Values): Part | null {
  const [amount] = amounts
  const [unit] = units
  if (!amount || !unit || !isClear(amount, unit)) return null
  return { slot: 'dose', value: { low: amount.low, high: amount.high, unit } }
}

export function isClear(
  amount: { low: number; high: number | null; hasComma: boolean },
  unit: DoseUnit | null,
) {
  return amount.low > 0 && (!amount.hasComma || (unit !== null && measuredUnits.has(unit)))
}

export const dosePhrases: readonly PhraseReader[] = [
  phrase('{amount} {unit}', doseOf),
  phrase('{amount} {unit} of', doseOf),
]

const verbs: Readonly<Record<string, string>> = {
  take: 'take|give|use|administer|put|place|swallow',
  apply: 'apply',
  inject: 'inject',
  inhale: 'inhale',
  instil: 'instil|instill',
  insert: 'insert',
  chew: 'chew',
  dissolve: 'dissolve',
}
export const verbPhrases: readonly PhraseReader[] = Object.entries(verbs).map(([verb, words]) =>
  phrase(words, () => ({ slot: 'method', verb })),
)

/** What a verb leaves in the structure; "take" says nothing the dose does not say. */
export const methodOf: Readonly<Record<string, Method | undefined>> = {
  apply: 'apply',
  inject: 'inject',
  inhale: 'inhale',
  chew: 'chew',
  dissolve: 'dissolve',
}

const injected: readonly Route[] = ['intramuscular', 'intravenous', 'subcutaneous', 'intradermal']
const outside: readonly Route[] = [
  'topical',
  'transdermal',
  'eye',
  'ear',
  'nasal',
  'vaginal',
  'rectal',
  'buccal',
]

/** Routes a verb can mean; others contradict it. */
export const routesOfVerb: Readonly<Record<string, readonly Route[] | undefined>> = {
  apply: outside,
  inject: injected,
  inhale: ['inhalation', 'nebulised', 'nasal'],
  instil: ['eye', 'ear', 'nasal', 'rectal'],
  insert: ['rectal', 'vaginal', 'eye', 'nasal', 'ear'],
  chew: ['oral'],
  dissolve: ['oral', 'sublingual', 'buccal'],
}

const swallowed: readonly Route[] = ['oral', 'sublingual', 'buccal', 'rectal', 'vaginal']
/** Routes a unit can take; units that are not named go anywhere. */
export const routesOfUnit: Readonly<Partial<Record<DoseUnit, readonly Route[]>>> = {
  tablet: swallowed,
  capsule: [...swallowed, 'inhalation'],
  lozenge: ['oral', 'buccal', 'sublingual'],
  sachet: ['oral', 'topical'],
  teaspoon: ['oral'],
  tablespoon: ['oral'],
  puff: ['inhalation', 'nasal', 'sublingual'],
  inhalation: ['inhalation', 'nebulised'],
  spray: ['nasal', 'sublingual', 'topical', 'buccal', 'inhalation', 'transdermal'],
  patch: ['transdermal', 'topical'],
  suppository: ['rectal', 'vaginal'],
  pessary: ['vaginal'],
  drop: ['eye', 'ear', 'nasal', 'oral', 'sublingual', 'topical'],
}

const route = (pattern: string, name: Route, site?: Site) =>
  phrase(pattern, () => ({ slot: 'route', route: name, site: site ?? null }))

const eye = 'in|into|to'
export const routePhrases: readonly PhraseReader[] = [
  route('by mouth', 'oral'),
  route('orally', 'oral'),
  route('oral', 'oral'),
  route('po', 'oral'),
  route('per os', 'oral'),
  route('under the tongue', 'sublingual'),
  route('sublingually', 'sublingual'),
  route('sublingual|sl', 'sublingual'),
  route('buccally|buccal', 'buccal'),
  route('im|intramuscularly|intramuscular', 'intramuscular'),
  route('into the muscle', 'intramuscular'),
  route('iv|intravenously|intravenous', 'intravenous'),
  route('into a vein', 'intravenous'),
  route('sc|subcut|subcutaneously|subcutaneous', 'subcutaneous'),
  route('under the skin', 'subcutaneous'),
  route('intradermally|intradermal', 'intradermal'),
  route('into the skin', 'intradermal'),
  route('pr|rectally|rectal', 'rectal'),
  route('per rectum', 'rectal'),
  route('into the rectum', 'rectal'),
  route('pv|vaginally|vaginal', 'vaginal'),
  route('per vagina', 'vaginal'),
  route('into the vagina', 'vaginal'),
  route('inh|inhaled', 'inhalation'),
  route('by inhalation', 'inhalation'),
  route('neb|nebulised|nebulized', 'nebulised'),
  route('by|via nebuliser|nebulizer', 'nebulised'),
  route('intranasally|intranasal|nasally', 'nasal'),
  route('into the nose', 'nasal'),
  route(`${eye} each|both nostril|nostrils`, 'nasal', 'each-nostril'),
  route('each nostril', 'nasal', 'each-nostril'),
  route(`${eye} the? left nostril`, 'nasal', 'left-nostril'),
  route(`${eye} the? right nostril`, 'nasal', 'right-nostril'),
  route('into the eye', 'eye'),
  route(`${eye} each|both eye|eyes`, 'eye', 'both-eyes'),
  route('each|both eye|eyes', 'eye', 'both-eyes'),
  route(`${eye} the? left eye`, 'eye', 'left-eye'),
  route('left eye', 'eye', 'left-eye'),
  route(`${eye} the? right eye`, 'eye', 'right-eye'),
  route('right eye', 'eye', 'right-eye'),
  route(`${eye} the? affected eye`, 'eye', 'affected-eye'),
  route('into the ear', 'ear'),
  route(`${eye} each|both ear|ears`, 'ear', 'both-ears'),
  route(`${eye} the? left ear`, 'ear', 'left-ear'),
  route('left ear', 'ear', 'left-ear'),
  route(`${eye} the? right ear`, 'ear', 'right-ear'),
  route('right ear', 'ear', 'right-ear'),
  route(`${eye} the? affected ear`, 'ear', 'affected-ear'),
  route('topically|topical|top', 'topical'),
  route('on the skin', 'topical'),
  route('to|on the? affected area|areas|skin', 'topical', 'affected-area'),
  route('to the skin', 'topical', 'skin'),
  route('to the scalp', 'topical', 'scalp'),
  route('to the face', 'topical', 'face'),
  route('transdermally|transdermal', 'transdermal'),
  route('as a skin patch', 'transdermal'),
]
