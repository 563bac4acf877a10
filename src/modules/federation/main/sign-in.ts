// Signing in, and linking, through the person's own browser: begin opens the page, complete waits, checks and acts.
import { type PreparedHandler, type PrepareContext, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { beginTry, forgiveTry } from '#modules/session/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { federation as contract } from '../shared/contract.ts'
import { enter } from './enter.ts'
import { Fault, orRefuse, refusal } from './fault.ts'
import { identityOf, linkIdentity } from './links.ts'
import { patienceMs, waitOnLoopback } from './loopback.ts'
import type { Pending, PendingLogins, Whose } from './pending.ts'
import { enabledProvider } from './provider.ts'
import { makeSecrets, meetService, pageAddress, type Proven, proveIdentity } from './service-client.ts'

type Defs = (typeof contract)['procedures']

/** Only the desktop app: there the browser, the port it comes back to and the window are of one computer. */
export const canOpenPage = (
  services: Pick<Services, 'openExternal'>,
  door: PrepareContext['door'],
): boolean => services.openExternal !== null && door === 'ipc'

async function begin(
  services: Services,
  pending: PendingLogins,
  ctx: PrepareContext,
  purpose: Pending['purpose'],
): Promise<{ handle: string }> {
  const facts = enabledProvider(ctx.read)
  const open = services.openExternal
  if (!facts || !open || !canOpenPage(services, ctx.door)) throw new AppError('NOT_FOUND')
  const wait = pending.waitFor(ctx.source)
  if (wait > 0) throw new AppError('TOO_MANY_TRIES', { retryAfterSeconds: wait })
  return await orRefuse(async () => {
    const conversation = await meetService(services, facts)
    const secrets = await makeSecrets()
    const waiting = await waitOnLoopback(facts.callbackPath)
    try {
      await open(await pageAddress(conversation, secrets, waiting.redirectUri), conversation.page)
    } catch (error) {
      waiting.cancel()
      throw new Fault('cannot-open', { cause: error })
    }
    const { source } = ctx
    const sessionId = purpose === 'link' ? (ctx.session?.id ?? null) : null
    const begunAt = services.clock()
    return { handle: pending.add({ purpose, source, sessionId, begunAt, waiting, conversation, secrets }) }
  })
}

/** Counts as a try like a password does: wrong ones slow this window down (AUTH-07). */
async function complete(
  services: Services,
  pending: PendingLogins,
  ctx: PrepareContext,
  handle: string,
  whose: Whose,
  accept: (proven: Proven) => void = () => {},
): Promise<Proven> {
  const attempt = beginTry(services, ctx, `organisation ${ctx.source}`, false, 'password')
  return await orRefuse(async () => {
    const login = pending.take(handle, whose)
    const answer = await login.waiting.answer
    if (services.clock() - login.begunAt > patienceMs) throw new Fault('too-late')
    const proven = await proveIdentity(services, login.conversation, login.secrets, answer, login.begunAt)
    accept(proven)
    ctx.outside((inner) => forgiveTry(inner, attempt))
    return proven
  })
}

export const beginSignIn = (
  services: Services,
  pending: PendingLogins,
): PreparedHandler<Defs['beginSignIn'], { handle: string }> =>
  prepared<Defs['beginSignIn'], { handle: string }>({
    prepare: (ctx) => begin(services, pending, ctx, 'sign-in'),
    run: (_ctx, _input, made) => made,
  })

/** Who this is here was decided by an admin or the person, never by what the token says beside its subject. */
function linkedTo(read: PrepareContext['read'], { issuer, subject }: Proven): string {
  const link = identityOf(read, issuer, subject)
  if (!link) throw refusal('not-linked')
  return link.userId
}

export const completeSignIn = (
  services: Services,
  pending: PendingLogins,
): PreparedHandler<Defs['completeSignIn'], Proven> =>
  prepared<Defs['completeSignIn'], Proven>({
    prepare(ctx, { handle }) {
      const whose = { purpose: 'sign-in', source: ctx.source, sessionId: null } as const
      // Trying out identities that are nobody's here is slowed down as well.
      return complete(services, pending, ctx, handle, whose, (proven) => void linkedTo(ctx.read, proven))
    },
    run(ctx, _input, proven) {
      return enter(services, ctx, linkedTo(ctx.read, proven), 'oidc')
    },
  })

export const beginLink = (
  services: Services,
  pending: PendingLogins,
): PreparedHandler<Defs['beginLink'], { handle: string }> =>
  prepared<Defs['beginLink'], { handle: string }>({
    prepare: (ctx) => begin(services, pending, ctx, 'link'),
    run: (_ctx, _input, made) => made,
  })

export const completeLink = (
  services: Services,
  pending: PendingLogins,
): PreparedHandler<Defs['completeLink'], Proven> =>
  prepared<Defs['completeLink'], Proven>({
    prepare: (ctx, { handle }) =>
      complete(services, pending, ctx, handle, {
        purpose: 'link',
        source: ctx.source,
        sessionId: ctx.actor.sessionId,
      }),
    run: (ctx, _input, proven) => linkIdentity(ctx, ctx.actor.userId, proven),
  })
