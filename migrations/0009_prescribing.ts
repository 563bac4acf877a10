// Tables of the prescribing module.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
