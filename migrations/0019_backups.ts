// Targets, runs and test restores of backups.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
