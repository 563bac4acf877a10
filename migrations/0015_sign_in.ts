// Second factors, recovery codes, PINs and the clinic’s session limits.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
