// Tables of the papers module.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
