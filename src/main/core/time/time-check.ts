// Comparing this computer's clock with time servers: which answers count, what they say together, and what is known since.
// Osler never sets a clock and never waits for one: no answer leaves the quality of time "unknown" (AUD-07).
import { jumpMs } from '../store/clock.ts'
import { mostTimeServers, timeServerOf } from '#shared/time-servers.ts'
import { type Answer, askTimeServer } from './sntp.ts'

/** `never`: not compared since the clinic was opened; `off`: nobody is to be asked. */
export const timeOutcomes = ['never', 'off', 'right', 'wrong', 'silent', 'disagree'] as const
export type TimeOutcome = (typeof timeOutcomes)[number]

export interface TimeFacts {
  readonly outcome: TimeOutcome
  readonly at: string | null
  /** By how much this computer's clock is ahead of true time. */
  readonly aheadMs: number | null
  /** The server that this was read from. */
  readonly server: string | null
}

export interface TimeCheck {
  /** What is news after it: `drift` when the clock was found wrong, `right-again` when it no longer is. */
  compare(
    servers: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly facts: TimeFacts; readonly news: 'drift' | 'right-again' | null }>
  facts(): TimeFacts
  /** Those this computer's own system asks; none where that is not known. */
  systemServers(): readonly string[]
}

export interface TimeCheckParts {
  readonly wall: () => number
  readonly monotonic: () => number
  /** Told how far ahead the clock was found. */
  readonly compared: (aheadMs: number) => void
  readonly systemServers: () => readonly string[]
  readonly timeoutMs?: number
}

/** Answers this close to each other tell the same time. */
const agreeMs = jumpMs / 2
const usualTimeoutMs = 3_000
/** After a kiss of death that does not forbid for good (RFC 4330, 8). */
const restMs = 24 * 3_600_000

interface Heard {
  readonly server: string
  readonly offsetMs: number
}

export function createTimeCheck(parts: TimeCheckParts): TimeCheck {
  const { wall, monotonic } = parts
  let facts: TimeFacts = { outcome: 'never', at: null, aheadMs: null, server: null }
  let known: 'right' | 'wrong' | null = null
  let running: Promise<unknown> | null = null
  /** Servers that asked to be left alone, and until when. */
  const leftAlone = new Map<string, number>()

  const askOne = async (name: string, signal: AbortSignal): Promise<Heard | null> => {
    const server = timeServerOf(name)
    if (!server || (leftAlone.get(name) ?? 0) > monotonic()) return null
    const timeoutMs = parts.timeoutMs ?? usualTimeoutMs
    const answer: Answer = await askTimeServer(server, { wall, timeoutMs, signal })
    if (!('refused' in answer)) return { server: name, offsetMs: answer.offsetMs }
    if (answer.refused === 'kiss-of-death') {
      const forGood = answer.kiss === 'DENY' || answer.kiss === 'RSTR'
      leftAlone.set(name, forGood ? Number.POSITIVE_INFINITY : monotonic() + restMs)
    }
    return null
  }

  const compareNow = async (servers: readonly string[], signal: AbortSignal) => {
    const asked = [...new Set(servers)].slice(0, mostTimeServers)
    const heard = await Promise.all(asked.map((name) => askOne(name, signal)))
    const answers = heard.filter((one) => one !== null)
    const at = new Date(wall()).toISOString()
    const agreed = agreedOn(answers)
    if (agreed === null) {
      const outcome = asked.length === 0 ? 'off' : answers.length === 0 ? 'silent' : 'disagree'
      facts = { outcome, at, aheadMs: null, server: null }
      return null
    }
    const aheadMs = Math.round(-agreed.offsetMs)
    parts.compared(aheadMs)
    const outcome = Math.abs(aheadMs) > jumpMs ? 'wrong' : 'right'
    facts = { outcome, at, aheadMs, server: agreed.server }
    const before = known
    known = outcome
    if (outcome === 'wrong') return before === 'wrong' ? null : 'drift'
    return before === 'wrong' ? 'right-again' : null
  }

  return {
    async compare(servers, signal) {
      // Whoever asks while it runs gets what it finds; the news is told once.
      if (running) {
        await running
        return { facts, news: null }
      }
      const run = compareNow(servers, signal)
      running = run
      try {
        const news = await run
        return { facts, news }
      } finally {
        running = null
      }
    },
    facts: () => facts,
    systemServers: () => parts.systemServers().slice(0, mostTimeServers),
  }
}

/** The middle answer, if more than half of all tell the same time: one server that lies among three changes nothing. */
export function agreedOn(answers: readonly Heard[]): Heard | null {
  const sorted = answers.toSorted((a, b) => a.offsetMs - b.offsetMs)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (!middle) return null
  const same = sorted.filter((one) => Math.abs(one.offsetMs - middle.offsetMs) <= agreeMs)
  return same.length * 2 > sorted.length ? middle : null
}
