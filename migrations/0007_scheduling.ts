// Tables of the scheduling module.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
