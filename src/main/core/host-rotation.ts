// New keys while the clinic is closed to everybody for a moment: asked for from inside, done from here.
import type { HostState } from './host-state.ts'
import type { RootRenewal } from './keys/root-renewal.ts'
import type { OpenedClinic } from './opened-clinic.ts'

/** Started by an act inside the clinic, which has ended by then. */
export async function rotate(host: HostState, renewal: RootRenewal | null): Promise<void> {
  const former = host.opened
  if (!former || host.acting || host.isClosed) {
    renewal?.drop()
    return
  }
  await host.instead(async () => {
    host.opened = null
    const { opened, error } = await former.rotate((step) => {
      host.step = step
    }, renewal)
    host.step = null
    host.follow(opened)
    if (error) host.options.log.error('the database key was not changed', { error })
    noteRotation(host, opened, { renewal, isDone: error === null })
  })
  renewal?.drop()
  host.step = null
  host.announce(['*'])
}

/** How it went, in the clinic that is open again. */
function noteRotation(
  { options }: HostState,
  opened: OpenedClinic,
  { renewal, isDone }: { readonly renewal: RootRenewal | null; readonly isDone: boolean },
): void {
  const { generation, root: present } = opened.clinic.services.keyWork.facts()
  const root = renewal && (renewal.ring() ? 'renewed' : 'kept')
  // The paper of a kit that never came into force is void: the one that waits no longer does.
  if (root === 'kept') opened.kit.drop()
  const kitId = opened.kit.current()?.id ?? null
  const about = root ? ` root=${present?.generation ?? 1} ${root} kit=${kitId ?? 'none'}` : ''
  const detail = `generation=${generation} ${isDone ? 'done' : 'failed'}${about}`
  const act = { action: 'key.rotated', category: 'configuration', detail } as const
  opened.clinic.transact({ actor: null, door: options.door }, act, (ctx) => {
    for (const module of options.modules) module.onRotated?.(ctx, { done: isDone, root, kitId })
  })
}
