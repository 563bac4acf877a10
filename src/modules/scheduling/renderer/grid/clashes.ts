// What would be in the way of a visit at a place in the shown days. It speaks while something is being moved; saving
// asks the clinic, which checks again inside the transaction.

export interface BusySpan {
  readonly fromMs: number
  readonly toMs: number
}

export interface ClashVisit extends BusySpan {
  readonly id: string
  readonly patientId: string
  readonly patientName: string
  readonly providerId: string
  readonly roomId: string | null
}

export interface DayFacts {
  /** Cancelled and missed visits take no time and are not in here. */
  readonly visits: readonly ClashVisit[]
  /** Open spans of a provider or room; a resource that is not in here has no hours of its own. */
  readonly open: ReadonlyMap<string, readonly BusySpan[]>
  /** Breaks, leave and closures by provider or room. */
  readonly away: ReadonlyMap<string, readonly (BusySpan & { readonly name: string })[]>
}

export interface Candidate extends BusySpan {
  /** Not counted against itself. */
  readonly visitId: string | null
  readonly patientId: string | null
  readonly providerId: string
  readonly roomId: string | null
}

export type Clash =
  | { readonly kind: 'provider' | 'patient' | 'room'; readonly with: string }
  | { readonly kind: 'away'; readonly name: string }
  | { readonly kind: 'closed' }

const meets = (a: BusySpan, b: BusySpan): boolean => a.fromMs < b.toMs && b.fromMs < a.toMs

export function clashesOf(candidate: Candidate, facts: DayFacts): Clash[] {
  const found: Clash[] = []
  const others = facts.visits.filter((visit) => visit.id !== candidate.visitId && meets(visit, candidate))
  for (const visit of others) {
    if (visit.providerId === candidate.providerId) found.push({ kind: 'provider', with: visit.patientName })
    else if (visit.patientId === candidate.patientId) found.push({ kind: 'patient', with: visit.patientName })
    else if (candidate.roomId !== null && visit.roomId === candidate.roomId)
      found.push({ kind: 'room', with: visit.patientName })
  }
  const resources = candidate.roomId ? [candidate.providerId, candidate.roomId] : [candidate.providerId]
  const away = resources
    .flatMap((resource) => facts.away.get(resource) ?? [])
    .filter((span) => meets(span, candidate))
  for (const span of away) found.push({ kind: 'away', name: span.name })
  const isClosed = resources.some((resource) => {
    const open = facts.open.get(resource)
    return open !== undefined && !covers(open, candidate)
  })
  // A named absence says more than "closed".
  if (isClosed && away.length === 0) found.push({ kind: 'closed' })
  return found
}

/** Whether spans in order of time cover the whole of one, also where two of them touch. */
export function covers(spans: readonly BusySpan[], wanted: BusySpan): boolean {
  let reached = wanted.fromMs
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    if (span.fromMs > reached) break
    reached = Math.max(reached, span.toMs)
  }
  return reached >= wanted.toMs
}
