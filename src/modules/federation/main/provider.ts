// The set-up of the organisation's sign-in as rows: read, saved against the version the person saw, its secret sealed.
import { createHash, randomBytes } from 'node:crypto'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { formatUuidV7 } from '#shared/ids.ts'
import { type Algorithm, type federation, type Provider } from '../shared/contract.ts'
import { identityProvider } from './tables.ts'

type Save = InputOf<(typeof federation)['procedures']['saveProvider']>

const providerId = formatUuidV7(0, createHash('sha256').update('identity-provider').digest().subarray(0, 10))

const row = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('identity_provider').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)

/** What a sign-in needs; the secret stays sealed until the service is asked. */
export interface ProviderFacts {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly acrValues: readonly string[]
  readonly amrValues: readonly string[]
  readonly algorithms: readonly Algorithm[]
  readonly assumePkce: boolean
  readonly callbackPath: string
  readonly sealedSecret: Uint8Array | null
}

const listOf = <T extends string>(json: string): T[] => JSON.parse(json) as T[]

export function providerFacts(read: Reader): ProviderFacts | null {
  const found = read.get(row, { id: providerId })
  if (!found) return null
  return {
    name: found.name,
    issuer: found.issuer,
    clientId: found.client_id,
    acrValues: listOf(found.acr_values),
    amrValues: listOf(found.amr_values),
    algorithms: listOf<Algorithm>(found.algorithms),
    assumePkce: found.assume_pkce === 1,
    callbackPath: found.callback_path,
    sealedSecret: found.secret_sealed,
  }
}

/** `null` also while it is switched off. */
export function enabledProvider(read: Reader): ProviderFacts | null {
  return read.get(row, { id: providerId })?.enabled === 1 ? providerFacts(read) : null
}

export function providerOf(read: Reader): Provider {
  const found = read.get(row, { id: providerId })
  const facts = providerFacts(read)
  return {
    rev: found?.rev ?? 0,
    enabled: found?.enabled === 1,
    name: facts?.name ?? '',
    issuer: facts?.issuer ?? '',
    clientId: facts?.clientId ?? '',
    secretSet: facts?.sealedSecret != null,
    acrValues: [...(facts?.acrValues ?? [])],
    amrValues: [...(facts?.amrValues ?? ['mfa'])],
    algorithms: [...(facts?.algorithms ?? (['RS256', 'ES256'] as const))],
    assumePkce: facts?.assumePkce ?? false,
    redirectAddress: facts ? `http://127.0.0.1/${facts.callbackPath}` : null,
  }
}

export function saveProvider(
  services: Pick<Services, 'sealSecret'>,
  ctx: CommandContext,
  input: Save,
): Provider {
  const faults = [
    ...(input.acrValues.length + input.amrValues.length === 0 ? ['amrValues'] : []),
    ...(input.algorithms.length === 0 ? ['algorithms'] : []),
  ]
  if (faults.length > 0) throw new AppError('INVALID_INPUT', { fields: faults })
  const before = ctx.read.get(row, { id: providerId })
  if ((before?.rev ?? 0) !== input.rev) throw new AppError('CONFLICT')
  const sealed = secretOf(services, input, before ?? null)
  const values = {
    name: input.name,
    issuer: input.issuer,
    client_id: input.clientId,
    acr_values: JSON.stringify(input.acrValues),
    amr_values: JSON.stringify(input.amrValues),
    algorithms: JSON.stringify([...new Set(input.algorithms)]),
    assume_pkce: input.assumePkce ? 1 : 0,
    secret_sealed: sealed,
    enabled: input.enabled ? 1 : 0,
  }
  if (before) ctx.write.update(identityProvider, providerId, input.rev, values)
  else
    ctx.write.insert(identityProvider, {
      id: providerId,
      ...values,
      // Random, so that no page can guess where a sign-in waits; kept, because services compare it with what is registered.
      callback_path: `osler/${randomBytes(16).toString('base64url')}`,
    })
  return providerOf(ctx.read)
}

/** A secret belongs to one client at one issuer: it does not go along to another. */
function secretOf(
  services: Pick<Services, 'sealSecret'>,
  input: Save,
  before: { issuer: string; client_id: string; secret_sealed: Uint8Array | null } | null,
): Uint8Array | null {
  if (input.secret === null) return null
  if (input.secret === undefined) {
    const isSame = before?.issuer === input.issuer && before.client_id === input.clientId
    return isSame ? before.secret_sealed : null
  }
  return services.sealSecret(contextOf(input), Buffer.from(input.secret, 'utf8'))
}

/** `undefined` when it cannot be read any more; `null` when there is none. */
export function openSecret(
  services: Pick<Services, 'openSecret'>,
  facts: ProviderFacts,
): string | null | undefined {
  if (facts.sealedSecret === null) return null
  const opened = services.openSecret(contextOf(facts), facts.sealedSecret)
  return opened === null ? undefined : Buffer.from(opened).toString('utf8')
}

const contextOf = (of: { issuer: string; clientId: string }) =>
  JSON.stringify(['osler/client-secret/v1', of.issuer, of.clientId])
