// What the security centre remembers about kits, rotations and devices.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
