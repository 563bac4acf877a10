// Who may create or unlock a clinic through the HTTPS door: somebody on this computer who read the printed address.
// The token is spent once a clinic is open for work; from then on people sign in like everywhere.
import type { Reply } from '#shared/errors.ts'
import type { Caller, Host } from '../rpc/door-types.ts'
import { mintId } from '../store/mint.ts'
import { isLoopback, isSameSecret } from './guard.ts'

interface Asked {
  readonly name: string
  readonly input: unknown
  /** The header as it came. */
  readonly token: unknown
}

export function createBootstrapGate(host: Host, token: string | undefined) {
  let isSpent = token === undefined
  return async (asked: Asked, address: string, caller: Caller): Promise<Reply> => {
    // That a clinic is open and what it is called also stands on the sign-in screen.
    const isAnyones = asked.name === 'status' && ['open', 'busy'].includes(host.status().state)
    if (!isAnyones) {
      if (!isLoopback(address)) return refused('not-local')
      if (isSpent || !isSameSecret(asked.token, token ?? '')) return refused('token')
    }
    const reply = await host.bootstrap(asked.name, asked.input, caller)
    if (reply.ok && asked.name !== 'status' && host.status().state === 'open') isSpent = true
    return reply
  }
}

function refused(reason: 'not-local' | 'token'): Reply {
  return { ok: false, error: { code: 'FORBIDDEN', details: { reason }, opId: mintId(Date.now()) } }
}
