// For tests that prescribe: the catalogues made, medicines found as a person finds them.
import { drugCatalogue, interactionCatalogue } from '#modules/prescribing/main/catalogue/definition.ts'
import { type TestClinic, testClinic, type TestClinicOptions } from './clinic.ts'
import type { Client } from './client.ts'

export async function testPharmacy(options: TestClinicOptions = {}): Promise<TestClinic> {
  const clinic = await testClinic(options)
  await clinic.clinic.services.catalogues.ready(drugCatalogue)
  await clinic.clinic.services.catalogues.ready(interactionCatalogue)
  return clinic
}

/** The first line of a search. */
export async function drugFound(client: Client, text: string) {
  const { items } = await client.prescribing.searchDrugs({ text })
  const [first] = items
  if (!first) throw new Error(`no medicine found for "${text}"`)
  return first
}
