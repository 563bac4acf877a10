// What the viewer of the audit trail needs to answer fast.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
