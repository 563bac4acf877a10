// Delays between wrong tries to open a closed clinic (AUTH-07). The count outlives a restart in a small file; who can
// remove that file can also copy the key file, and then only argon2id stands in the way.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { AppError } from '#shared/errors.ts'
import type { Clock } from './rpc/services.ts'

export interface UnlockThrottle {
  /** Throws TOO_MANY_TRIES with `retryAfterSeconds`. */
  check(source: string): void
  failed(): void
  passed(): void
  /** Wrong tries since the clinic was last opened. */
  failures(): number
}

const freeTries = 4
const longestDelayMs = 15 * 60 * 1000
const perSource = { tries: 20, withinMs: 60_000 }

export function createUnlockThrottle(file: string, clock: Clock): UnlockThrottle {
  const recent = new Map<string, number[]>()
  let state = read(file)
  return {
    check(source) {
      const now = clock()
      const since = (recent.get(source) ?? []).filter((at) => Math.abs(now - at) < perSource.withinMs)
      if (since.length >= perSource.tries)
        throw tooMany(perSource.withinMs - Math.abs(now - (since[0] ?? now)))
      recent.set(source, [...since, now])
      // A clock that was set back must not keep a clinic shut: time before the try counts as elapsed.
      const waited = Math.abs(now - state.lastAt)
      const delay =
        state.failures <= freeTries
          ? 0
          : Math.min(longestDelayMs, 1000 * 2 ** (state.failures - freeTries - 1))
      if (waited < delay) throw tooMany(delay - waited)
    },
    failed() {
      state = { failures: state.failures + 1, lastAt: clock() }
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
    },
    passed() {
      state = { failures: 0, lastAt: 0 }
      rmSync(file, { force: true })
    },
    failures: () => state.failures,
  }
}

const tooMany = (ms: number) =>
  new AppError('TOO_MANY_TRIES', { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) })

function read(file: string): { failures: number; lastAt: number } {
  try {
    const { failures, lastAt } = JSON.parse(readFileSync(file, 'utf8')) as {
      failures?: unknown
      lastAt?: unknown
    }
    if (Number.isSafeInteger(failures) && Number.isFinite(lastAt))
      return { failures: Number(failures), lastAt: Number(lastAt) }
  } catch {
    // No file, or not ours: nothing failed yet.
  }
  return { failures: 0, lastAt: 0 }
}
