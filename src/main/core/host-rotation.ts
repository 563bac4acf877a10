// A new database key while the clinic is closed to everybody for a moment: asked for from inside, done from here.
import type { HostState } from './host-state.ts'
import { mintId } from './store/mint.ts'

/** Started by an act inside the clinic, which has ended by then. */
export async function rotate(host: HostState): Promise<void> {
  const former = host.opened
  if (!former || host.acting || host.isClosed) return
  const work = async () => {
    // Callers find the clinic closed from here on; the act's own answer has left before.
    await new Promise((resolve) => setImmediate(resolve))
    host.opened = null
    const { opened, error } = await former.rotate((step) => {
      host.step = step
    })
    host.step = null
    host.follow(opened)
    if (error) host.options.log.error('the database key was not changed', { error })
    const outcome = error ? 'failed' : 'done'
    const detail = `generation=${opened.clinic.services.keyWork.facts().generation} ${outcome}`
    const act = { action: 'key.rotated', category: 'configuration', detail } as const
    opened.clinic.transact({ actor: null, door: host.options.door }, act, (ctx) => {
      for (const module of host.options.modules) module.onRotated?.(ctx, error === null)
    })
  }
  host.acting = work()
  try {
    await host.acting
  } catch (thrown) {
    host.refusal(thrown, mintId(host.real.clock()))
  } finally {
    host.step = null
    host.acting = null
    host.announce(['*'])
  }
}
