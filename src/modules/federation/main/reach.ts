// Whether the sign-in service answers, as the sign-in screen shows it. Asked in the background, at most once a minute,
// and never waited for: local sign-in goes on without it.
import type { Services } from '#core/rpc/services.ts'
import { enabledProvider, type ProviderFacts } from './provider.ts'
import { meetService } from './service-client.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import { canOpenPage } from './sign-in.ts'
import { placeOf } from './passkeys.ts'

const freshMs = 60_000
const patienceMs = 5_000

type State = 'checking' | 'ready' | 'unreachable'

export function createReach(services: Services) {
  let known: { key: string; state: State; at: number } | null = null

  const stateOf = (facts: ProviderFacts): State => {
    const key = JSON.stringify([facts.issuer, facts.clientId, facts.algorithms, facts.assumePkce])
    const now = services.clock()
    if (known?.key === key && Math.abs(now - known.at) < freshMs) return known.state
    const before: State = known?.key === key ? known.state : 'checking'
    known = { key, state: before, at: now }
    const settle = (state: State) => {
      if (known?.key !== key) return
      known = { key, state, at: services.clock() }
      if (state !== before) services.announce(['identity_provider'])
    }
    void meetService(services, facts, patienceMs).then(
      () => settle('ready'),
      () => settle('unreachable'),
    )
    return before
  }

  return {
    offers(ctx: QueryContext) {
      const facts = canOpenPage(services, ctx.door) ? enabledProvider(ctx.read) : null
      return {
        organisation: facts ? { name: facts.name, state: stateOf(facts) } : null,
        passkeys: placeOf(ctx) !== null,
      }
    },
  }
}
