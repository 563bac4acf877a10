// Federation: procedure to function.
import { implement, type PrepareContext, prepared, type QueryContext } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import { accountById, isOtherAdmin } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { federation, type ProviderProblem, providerProblems } from '../shared/contract.ts'
import { createChallenges } from './challenges.ts'
import { Fault } from './fault.ts'
import { identitiesOf, link, links, unlink } from './links.ts'
import { passkeyOf, passkeysOf } from './passkey-rows.ts'
import {
  passkeyAdd,
  passkeyBegin,
  passkeyChallenge,
  passkeyRemove,
  passkeyRename,
  passkeySignIn,
  placeOf,
  removePasskeyOf,
} from './passkeys.ts'
import { setPassphrase } from './passphrase.ts'
import { createPendingLogins } from './pending.ts'
import { enabledProvider, providerFacts, providerOf, saveProvider } from './provider.ts'
import { createReach } from './reach.ts'
import { meetService } from './service-client.ts'
import { beginLink, beginSignIn, canOpenPage, completeLink, completeSignIn } from './sign-in.ts'
import * as tables from './tables.ts'

type Defs = (typeof federation)['procedures']
const done = { done: true } as const

export const federationModule: ModuleDef = {
  name: 'federation',
  tables: Object.values(tables),
  fourEyesWaivers: {
    'federation.link': (read, input, userId) =>
      !isOtherAdmin(read, (input as { userId: string }).userId, userId),
  },
  implementations: (services) => {
    const pending = createPendingLogins(() => services.clock())
    const challenges = createChallenges(() => services.clock())
    const reach = createReach(services)
    return [
      implement(federation, {
        offers: (ctx) => reach.offers(ctx),
        beginSignIn: beginSignIn(services, pending),
        completeSignIn: completeSignIn(services, pending),
        cancel: prepared<Defs['cancel'], boolean>({
          async prepare({ source }, { handle }) {
            return pending.cancel(handle, source)
          },
          run: () => done,
        }),
        beginLink: beginLink(services, pending),
        completeLink: completeLink(services, pending),
        unlinkOwn: (ctx, input) => unlink(ctx, input, ctx.actor.userId),
        mine: (ctx) => mine(services, ctx),
        setPassphrase: setPassphrase(services),
        passkeyChallenge: passkeyChallenge(challenges),
        passkeySignIn: passkeySignIn(services, challenges),
        passkeyBegin: passkeyBegin(challenges),
        passkeyAdd: passkeyAdd(challenges),
        passkeyRename,
        passkeyRemove,
        provider: ({ read }) => providerOf(read),
        saveProvider: (ctx, input) => saveProvider(services, ctx, input),
        testProvider: prepared<Defs['testProvider'], ProviderProblem | null>({
          prepare: (ctx) => problemOf(services, ctx),
          run: (_ctx, _input, problem) => ({ problem }),
        }),
        links,
        link,
        unlink: (ctx, input) => unlink(ctx, input),
        removePasskeyOf,
      }),
    ]
  },
}

function mine(services: Services, ctx: QueryContext) {
  const { read, actor } = ctx
  const account = accountById(read, actor.userId)
  const provider = canOpenPage(services, ctx.door) ? enabledProvider(read) : null
  const identities = identitiesOf(read, actor.userId)
  const isLinked = identities.some(({ issuer }) => issuer === provider?.issuer)
  return {
    identities,
    passkeys: passkeysOf(read, actor.userId).map((row) => passkeyOf(read, row)),
    canLink: provider && !isLinked ? provider.name : null,
    canAddPasskey: placeOf(ctx) !== null,
    hasPassword: account?.verifier != null,
  }
}

async function problemOf(services: Services, { read }: PrepareContext): Promise<ProviderProblem | null> {
  const facts = providerFacts(read)
  if (!facts) throw new AppError('WRONG_STATE')
  try {
    await meetService(services, facts)
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return providerProblems.find((problem) => problem === error.reason) ?? 'refused'
  }
}
