// One-time tokens under which a file comes in, for the session that was allowed to bring it.
import { randomBytes } from 'node:crypto'
import { AppError, type Reply } from '#shared/errors.ts'
import type { UploadTokens } from './rpc/services.ts'
import type { SessionStore } from './rpc/session.ts'
import { mintId } from './store/mint.ts'

export function createUploads(clock: () => number, sessions: SessionStore): UploadTokens {
  type Sink = (body: AsyncIterable<Uint8Array>) => Promise<void>
  const waiting = new Map<string, { until: number; sessionId: string; sink: Sink }>()
  const tenMinutes = 10 * 60 * 1000
  const isAtWork = (id: string) => sessions.list().some((s) => s.id === id && !s.locked)
  return {
    issue(actor, sink) {
      for (const [token, entry] of waiting) if (entry.until < clock()) waiting.delete(token)
      const token = randomBytes(32).toString('base64url')
      waiting.set(token, { until: clock() + tenMinutes, sessionId: actor.sessionId, sink })
      return token
    },
    take(token) {
      const entry = waiting.get(token)
      waiting.delete(token)
      // Who signed out, was locked or lost access meanwhile brings nothing in any more.
      return entry && entry.until >= clock() && isAtWork(entry.sessionId) ? entry.sink : undefined
    },
  }
}

export async function takeUpload(
  uploads: UploadTokens,
  token: string,
  body: AsyncIterable<Uint8Array>,
  clock: () => number,
): Promise<Reply> {
  const opId = mintId(clock())
  const sink = uploads.take(token)
  if (!sink) return { ok: false, error: { code: 'NOT_FOUND', details: {}, opId } }
  try {
    await sink(body)
    return { ok: true, value: { done: true } }
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL'
    return { ok: false, error: { code, details: error instanceof AppError ? error.details : {}, opId } }
  }
}
