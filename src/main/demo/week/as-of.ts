// The same transaction at another instant and under another person: what the demo clinic lived through goes the way of
// real work, through the modules' own rules, dated when it happened.
import type { Actor, CommandContext } from '#core/rpc/context.ts'
import type { SigningKey } from '#modules/notes/main/api.ts'

export function asOf(ctx: CommandContext, atMs: number, actor: Actor, key?: SigningKey): CommandContext {
  const startedAt = atMs - 3_600_000
  return {
    ...ctx,
    nowMs: atMs,
    now: new Date(atMs).toISOString(),
    actor,
    mint: (at) => ctx.mint(at ?? atMs),
    session: key && {
      id: actor.sessionId,
      userId: actor.userId,
      door: 'job',
      startedAt,
      role: actor.role,
      lastActiveAt: atMs,
      provenAt: atMs,
      locked: false,
      source: '',
      method: 'password',
      pending: null,
      enrolling: null,
      signingKey: key,
    },
  }
}
