// A new recovery kit, made by an administrator at work. Only the session that made it may save its paper or confirm it.
import { kitPaper } from '#core/keys/kit-paper.ts'
import { type CommandContext, type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services, SlotChange } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import type { KitSheet } from '#shared/bootstrap.ts'
import { AppError } from '#shared/errors.ts'
import type { keys } from '../shared/contract.ts'

type Defs = (typeof keys)['procedures']

export interface KitPages {
  readonly makeKit: (ctx: CommandContext) => KitSheet
  readonly kitPaper: PreparedHandler<Defs['kitPaper'], { readonly bytes: Uint8Array; readonly name: string }>
  readonly confirmKit: PreparedHandler<
    Defs['confirmKit'],
    { readonly id: string; readonly change: SlotChange }
  >
}

export function kitPages(services: Services): KitPages {
  let madeBy: string | null = null
  const own = (sessionId: string): KitSheet => {
    const sheet = madeBy === sessionId ? services.keyWork.kit.waiting() : null
    if (!sheet) throw new AppError('WRONG_STATE')
    return sheet
  }
  return {
    makeKit(ctx) {
      madeBy = ctx.actor.sessionId
      return services.keyWork.kit.begin()
    },
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
        const { id } = own(ctx.actor.sessionId)
        const change = await services.keyWork.kit.confirm(typed)
        if (!change) throw new AppError('WRONG_KIT', { fault: 'groups' })
        return { id, change }
      },
      run(ctx, _input, { id, change }) {
        try {
          // First, so that nothing else done after the commit can stand in its way.
          ctx.afterCommit(() => {
            change.keep()
            madeBy = null
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
