// Tables of the reminders module.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
