// Having written about a patient is one way of being related: authors may read what they wrote (SECURITY 4.1 rules 2, 3).
import type { RelationSource } from '#core/rpc/module.ts'
import { authoredSince, draftedBy } from './queries.ts'

/** It lapses by itself, two years after the last signed note; an unfinished draft keeps it alive. */
const authorshipMonths = 24

export const authorship: RelationSource = {
  name: 'authorship',
  isRelated: (read, userId, patientId, now) => {
    if (read.get(draftedBy, { patientId, userId })) return true
    const since = new Date(now)
    since.setUTCMonth(since.getUTCMonth() - authorshipMonths)
    return read.get(authoredSince, { patientId, userId, since: since.toISOString() }) !== undefined
  },
}
