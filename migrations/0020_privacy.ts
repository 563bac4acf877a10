// Requests of patients, restrictions, amendments, disclosures, erasures.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
