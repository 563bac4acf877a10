// Questions to passkeys: random, in memory, good for five minutes and one answer, bound to place, purpose and session.
import { randomBytes } from 'node:crypto'
import type { Clock } from '#core/rpc/services.ts'
import { Fault } from './fault.ts'

export const challengeMs = 5 * 60_000
const mostPerSource = 20
const mostOfAll = 1_000

export interface Asked {
  readonly purpose: 'sign-in' | 'register'
  readonly source: string
  readonly origin: string
  /** Whose session asked; null before a sign-in. */
  readonly sessionId: string | null
}

export interface Challenges {
  ask(asked: Asked): string
  /** Used up whatever comes of it. @throws Fault unless it was asked here, for this, a moment ago. */
  take(challenge: string, by: Asked): void
}

export function createChallenges(clock: Clock): Challenges {
  const open = new Map<string, Asked & { until: number }>()
  const dropOldest = (few: number, mine: (asked: Asked) => boolean) => {
    const found = [...open].filter(([, asked]) => mine(asked))
    for (const [challenge] of found.slice(0, Math.max(0, found.length - few + 1))) open.delete(challenge)
  }
  return {
    ask(asked) {
      for (const [challenge, { until }] of open) if (until < clock()) open.delete(challenge)
      dropOldest(mostPerSource, ({ source }) => source === asked.source)
      dropOldest(mostOfAll, () => true)
      const challenge = randomBytes(32).toString('base64url')
      open.set(challenge, { ...asked, until: clock() + challengeMs })
      return challenge
    },
    take(challenge, by) {
      const asked = open.get(challenge)
      open.delete(challenge)
      const isSame = (['purpose', 'source', 'origin', 'sessionId'] as const).every(
        (key) => asked?.[key] === by[key],
      )
      if (!asked || !isSame || asked.until < clock()) throw new Fault('unknown-challenge')
    },
  }
}
