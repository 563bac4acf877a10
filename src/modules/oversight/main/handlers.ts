// Oversight: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { oversight } from '../shared/contract.ts'
import { markSeen, notices, unread } from './notices.ts'
import { answer, reopen, reviewCounts, reviews } from './reviews.ts'
import * as tables from './tables.ts'

export const oversightModule: ModuleDef = {
  name: 'oversight',
  tables: Object.values(tables),
  implementations: () => [
    implement(oversight, { unread, notices, markSeen, reviewCounts, reviews, answer, reopen }),
  ],
}
