// Tables of the profile module.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
