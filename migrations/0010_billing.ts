// Tables of the billing module.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
