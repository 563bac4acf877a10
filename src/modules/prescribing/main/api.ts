// What other modules may use of prescribing: what a patient takes, a signed script as it is printed, filling and signing one.
import { drugCatalogue, interactionCatalogue } from './catalogue/definition.ts'
export { activeMedicines } from './medicines.ts'
export { prescriptionPaper } from './scripts.ts'
export { putItem } from './basket.ts'
export { sign as signBasket } from './signing.ts'

/** What has to be ready before anything can be prescribed. */
export const drugCatalogues = [drugCatalogue, interactionCatalogue] as const
