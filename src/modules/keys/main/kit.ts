// A new recovery kit, made by an administrator at work: alone, or as the first half of a new root key. Only the session
// that made it may save its paper, and end what it began.
import { kitPaper } from '#core/keys/kit-paper.ts'
import {
  type CommandContext,
  type PrepareContext,
  type PreparedHandler,
  prepared,
} from '#core/rpc/context.ts'
import type { BegunRenewal, Services, SlotChange } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { accountById } from '#modules/people/main/api.ts'
import { beginTry, forgiveTry, takeBackTry } from '#modules/session/main/api.ts'
import type { KitSheet } from '#shared/bootstrap.ts'
import { AppError } from '#shared/errors.ts'
import type { keys } from '../shared/contract.ts'
import { requireRoom } from './room.ts'

type Defs = (typeof keys)['procedures']

export interface KitPages {
  readonly makeKit: (ctx: CommandContext) => KitSheet
  readonly kitPaper: PreparedHandler<Defs['kitPaper'], { readonly bytes: Uint8Array; readonly name: string }>
  readonly confirmKit: PreparedHandler<
    Defs['confirmKit'],
    { readonly id: string; readonly change: SlotChange }
  >
  readonly beginRenewal: (ctx: CommandContext) => KitSheet
  readonly renew: PreparedHandler<Defs['renew'], Begun>
}

type Begun = Extract<BegunRenewal, { ok: true }>
type Purpose = 'kit' | 'renewal'

export function kitPages(services: Services): KitPages {
  let made: { readonly by: string; readonly for: Purpose } | null = null
  const own = (sessionId: string, purpose?: Purpose): KitSheet => {
    const isOwn = made?.by === sessionId && (purpose === undefined || made.for === purpose)
    const sheet = isOwn ? services.keyWork.kit.waiting() : null
    if (!sheet) throw new AppError('WRONG_STATE')
    return sheet
  }
  const begin = (ctx: CommandContext, purpose: Purpose): KitSheet => {
    made = { by: ctx.actor.sessionId, for: purpose }
    return services.keyWork.kit.begin()
  }
  return {
    makeKit: (ctx) => begin(ctx, 'kit'),
    beginRenewal(ctx) {
      requireRoom(services)
      return begin(ctx, 'renewal')
    },
    renew: prepared({
      async prepare(ctx, { typed, password }) {
        own(ctx.actor.sessionId, 'renewal')
        requireRoom(services)
        return await renewalOf(services, ctx, typed, password)
      },
      run(ctx, _input, begun) {
        ctx.afterCommit(() => {
          made = null
          begun.start()
        })
        return { id: begun.kitId }
      },
    }),
    kitPaper: prepared({
      async prepare(ctx, { language }) {
        const sheet = own(ctx.actor.sessionId)
        const { document, name } = kitPaper({ sheet, clinicName: clinicOf(ctx.read).name, language })
        const { bytes } = await services.makePdf(document)
        return { bytes, name }
      },
      run(ctx, _input, { bytes, name }) {
        const open = () => Promise.resolve(bytes)
        return { name, token: services.downloads.issue(ctx.actor, { type: 'application/pdf', name, open }) }
      },
    }),
    confirmKit: prepared({
      async prepare(ctx, { typed }) {
        const { id } = own(ctx.actor.sessionId, 'kit')
        const change = await services.keyWork.kit.confirm(typed)
        if (!change) throw new AppError('WRONG_KIT', { fault: 'groups' })
        return { id, change }
      },
      run(ctx, _input, { id, change }) {
        try {
          // First, so that nothing else done after the commit can stand in its way.
          ctx.afterCommit(() => {
            change.keep()
            made = null
          })
          notify(ctx, {
            to: { role: 'admin' },
            kind: 'kit-replaced',
            aboutUser: ctx.actor.userId,
            detail: id,
          })
          return { id }
        } catch (error) {
          change.drop()
          throw error
        }
      },
    }),
  }
}

/** With the password that opens the clinic here: a wrong one counts as any other (AUTH-07). */
async function renewalOf(
  services: Services,
  ctx: PrepareContext,
  typed: readonly string[],
  password: string | null,
): Promise<Begun> {
  const { keyWork, slots } = services
  const account = accountById(ctx.read, ctx.actor.userId)
  if (!account) throw new AppError('NOT_SIGNED_IN')
  if (!slots.has(account.id)) return okOf(await keyWork.beginRenewal({ typed, owner: null }))
  if (password === null) throw new AppError('WRONG_PASSWORD')
  const attempt = beginTry(services, ctx, account.username, true, 'password')
  const owner = { userId: account.id, username: account.username, password }
  const begun = await keyWork.beginRenewal({ typed, owner }).catch((error: unknown) => {
    ctx.outside((inner) => takeBackTry(inner, attempt))
    throw error
  })
  if (begun.ok) ctx.outside((inner) => forgiveTry(inner, attempt))
  // The groups come first: nobody looked at the password.
  else if (begun.wrong === 'groups') ctx.outside((inner) => takeBackTry(inner, attempt))
  return okOf(begun)
}

function okOf(begun: BegunRenewal): Begun {
  if (begun.ok) return begun
  if (begun.wrong === 'groups') throw new AppError('WRONG_KIT', { fault: 'groups' })
  throw new AppError('WRONG_PASSWORD')
}
