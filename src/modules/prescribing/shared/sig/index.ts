// Directions ("sig"): typed freely, understood or kept as written, said back in words.
export { parseSig, type SigContext } from './parse.ts'
export { quantityOf } from './supply.ts'
export { numberText, quantityEn, wordsEn } from './words-en.ts'
export { quantityAr, wordsAr } from './words-ar.ts'
export {
  type Dose,
  type DoseUnit,
  doseUnits,
  isParsed,
  Quantity,
  Sig,
  type SigReading,
  SigText,
  type Span,
} from './types.ts'
