// Background work under the person who started it: one at a time per key, cancellable, one transaction a step.
import { AppError } from '#shared/errors.ts'
import type { Logger } from '../log/logger.ts'
import type { Jobs } from '../rpc/services.ts'
import type { Engine } from '../store/engine.ts'
import { mintId } from '../store/mint.ts'

export function createJobs(engine: Engine, now: () => number, log: Logger): Jobs & { stop(): Promise<void> } {
  const running = new Map<string, { abort: AbortController; done: Promise<void> }>()
  const idle = async () => {
    while (running.size > 0) await Promise.all([...running.values()].map((r) => r.done))
  }
  return {
    start(key, actor, door, run) {
      if (running.has(key)) throw new AppError('CONFLICT', { running: key.split(':')[0] ?? '' })
      const abort = new AbortController()
      const work = run({
        signal: abort.signal,
        transact: (audit, step) =>
          engine.transact({ actor, door, opId: mintId(now()) }, audit.action, step, () => audit),
        read: (look) => engine.snapshot(look),
        now,
      })
      const done = work
        .catch((error: unknown) => log.error('job failed', { job: key.split(':')[0] ?? '', error }))
        .finally(() => running.delete(key))
      running.set(key, { abort, done })
    },
    cancel(key) {
      const job = running.get(key)
      job?.abort.abort()
      return job !== undefined
    },
    isRunning: (key) => running.has(key),
    idle,
    async stop() {
      for (const job of running.values()) job.abort.abort()
      await idle()
    },
  }
}
