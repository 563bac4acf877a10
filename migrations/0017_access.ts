// Emergency access, consent of a second person, reasons for access.
import type { RawBuilder } from 'kysely'

export const up: readonly RawBuilder<unknown>[] = []
