// How a Reply goes out over HTTP: its status, and refusals of the door's own (WEB-07).
import type { FastifyReply } from 'fastify'
import type { ErrorCode, ErrorDetails, Reply } from '#shared/errors.ts'
import { mintId } from '../store/mint.ts'

/** Everything the contract may answer that is not listed here is 422: understood, and refused for its own reason. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  NOT_SIGNED_IN: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  SESSION_LOCKED: 423,
  TOO_MANY_TRIES: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
}

export function answer(reply: FastifyReply, result: Reply): FastifyReply {
  return reply.code(result.ok ? 200 : (statusOf[result.error.code] ?? 422)).send(result)
}

/** Generic words with an id, as for every answer (WEB-07): no path, version or stack. */
export function refuse(
  reply: FastifyReply,
  code: ErrorCode,
  details: ErrorDetails = {},
  status = statusOf[code] ?? 422,
  opId = mintId(Date.now()),
): FastifyReply {
  return reply.code(status).send({ ok: false, error: { code, details, opId } } satisfies Reply)
}
