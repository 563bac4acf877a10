// A restore: from outside where the clinic here does not open, or over the open one when somebody inside decided it.
import { AppError, type Reply } from '#shared/errors.ts'
import { bootstrapRestore, type RestoreName } from './backup/bootstrap-restore.ts'
import { finishSwap } from './backup/swap.ts'
import { openedByKit } from './host-kit-acts.ts'
import { lookAt } from './host-problems.ts'
import type { HostState } from './host-state.ts'
import { readKeyFile } from './keys/key-file.ts'
import { unlockClinicByKit } from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { Caller } from './rpc/door-types.ts'
import { forgetAnchor } from './store/anchor.ts'

/** Only where no clinic is, or one that does not open: over a working one an administrator restores from inside. */
export async function restore(
  host: HostState,
  name: RestoreName,
  input: unknown,
  caller: Caller,
): Promise<Reply> {
  if (!['none', 'broken'].includes(host.state())) throw new AppError('CONFLICT', { state: host.state() })
  host.restoring ??= bootstrapRestore(host.real, host.throttle)
  const reply = await host.restoring.act(name, input, caller.door)
  if (reply.swapped) await afterSwap(host, reply.kit, caller.door)
  return { ok: true, value: reply.value }
}

/** The swap is decided: whatever happens from here on, the restored clinic is the one that is here. */
async function afterSwap(host: HostState, kit: Buffer | null, door: Door): Promise<void> {
  finishSwap(host.dir)
  host.restoring = null
  // The keychain remembers the trail that was here until now, which the restored one need not reach.
  const restored = readKeyFile(host.real.folder.keyFile)
  if (restored) await forgetAnchor(host.real.secrets, restored.body.clinicId).catch(() => {})
  const look = await lookAt(host.real.folder, host.real.secrets)
  host.problem = kit ? null : look.problem
  host.passwordOnly = look.passwordOnly
  host.kitId = look.kitId
  if (kit) {
    const opened = await unlockClinicByKit(host.real, kit)
    kit.fill(0)
    if (opened) openedByKit(host, opened, door)
  }
  host.announce(['*'])
}

/** An administrator restored over the open clinic, and that act has ended: it is closed, swapped and opened anew by people. */
export async function swapOpen(host: HostState): Promise<void> {
  if (!host.opened || host.acting || host.isClosed) return
  await host.instead(async () => {
    await host.letGo()
    await afterSwap(host, null, host.options.door)
  })
}
