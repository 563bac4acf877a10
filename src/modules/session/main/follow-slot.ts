// The key file follows the database, never the other way round: a slot is decided on when the account row is.
import type { CommandContext } from '#core/rpc/context.ts'
import type { SlotChange } from '#core/rpc/services.ts'

/**
 * Keeps the slot after the commit and drops it when the command refuses. Where the commit itself fails, both slots
 * stay, and the person's next sign-in keeps the right one.
 */
export function followedBySlot<I, P extends { readonly slot: SlotChange | null }, O>(
  run: (ctx: CommandContext, input: I, prepared: P) => O,
): (ctx: CommandContext, input: I, prepared: P) => O {
  return (ctx, input, prepared) => {
    const { slot } = prepared
    try {
      // First, so that nothing else done after the commit can stand in its way.
      if (slot) ctx.afterCommit(() => slot.keep())
      return run(ctx, input, prepared)
    } catch (error) {
      slot?.drop()
      throw error
    }
  }
}
