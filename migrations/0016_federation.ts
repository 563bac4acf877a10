// Identities from outside and passkeys.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
