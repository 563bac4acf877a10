// Passkeys: made after a step-up, used as a whole sign-in (the device checks the person itself), only where this server
// has a host name (AUTH-11). The server's own list of names decides which host that is.
import type { CommandContext, PrepareContext, QueryContext } from '#core/rpc/context.ts'
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { accountById } from '#modules/people/main/api.ts'
import { beginTry, forgiveTry } from '#modules/session/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { federation as contract, Passkey } from '../shared/contract.ts'
import { isHostName } from '../shared/rules.ts'
import { type Asked, challengeMs, type Challenges } from './challenges.ts'
import { enter } from './enter.ts'
import { Fault, type FaultName, orRefuse, refusal } from './fault.ts'
import { lastUse, passkeyIdOf, passkeyOf, type PasskeyRow, passkeyRow, passkeysOf } from './passkey-rows.ts'
import { passkey, passkeyUse } from './tables.ts'

type Defs = (typeof contract)['procedures']

/** EdDSA, ES256, and RS256 for the key stores of older PCs. */
const coseAlgorithms = [-8, -7, -257]
const mostPasskeys = 20

/** Loaded with the first use. */
const library = () => import('@simplewebauthn/server')

export interface Place {
  readonly origin: string
  readonly rpId: string
}

/** `null` at doors without a host name: the desktop window, the command line, an address of numbers. */
export function placeOf({ door, origin }: Pick<QueryContext, 'door' | 'origin'>): Place | null {
  const url = door === 'https' && origin !== undefined ? URL.parse(origin) : null
  return url && isHostName(url.hostname) ? { origin: url.origin, rpId: url.hostname } : null
}

function requirePlace(ctx: QueryContext): Place {
  const place = placeOf(ctx)
  if (!place) throw refusal('no-host-name')
  return place
}

const asked = (ctx: PrepareContext, purpose: Asked['purpose'], place: Place): Asked => ({
  purpose,
  source: ctx.source,
  origin: place.origin,
  sessionId: purpose === 'register' ? ctx.actor.sessionId : null,
})

export const passkeyChallenge = (
  challenges: Challenges,
): PreparedHandler<Defs['passkeyChallenge'], { challenge: string; rpId: string }> =>
  prepared<Defs['passkeyChallenge'], { challenge: string; rpId: string }>({
    async prepare(ctx) {
      const place = requirePlace(ctx)
      return { challenge: challenges.ask(asked(ctx, 'sign-in', place)), rpId: place.rpId }
    },
    run: (_ctx, _input, made) => ({ ...made, timeoutMs: challengeMs }),
  })

interface Shown {
  readonly row: PasskeyRow
  readonly counter: number
}

export const passkeySignIn = (
  services: Services,
  challenges: Challenges,
): PreparedHandler<Defs['passkeySignIn'], Shown> =>
  prepared<Defs['passkeySignIn'], Shown>({
    async prepare(ctx, input) {
      const place = requirePlace(ctx)
      const row = passkeyRow(ctx.read, passkeyIdOf(input.credentialId))
      // By credential where there is one, so that one stolen device is slowed down, not the desk it stands at.
      const name = `passkey ${row?.voided_at === null ? row.id : ctx.source}`
      const attempt = beginTry(services, ctx, name, row?.voided_at === null, 'password')
      return await orRefuse(async () => {
        challenges.take(challengeIn(input.clientData), asked(ctx, 'sign-in', place))
        if (row?.voided_at !== null) throw new Fault('unknown-passkey')
        if (row.rp_id !== place.rpId) throw new Fault('other-host')
        if (input.userHandle !== null && input.userHandle !== handleOf(row.user_id))
          throw new Fault('other-person')
        const counter = await proveAnswer(ctx, place, input, row)
        ctx.outside((inner) => forgiveTry(inner, attempt))
        return { row, counter }
      })
    },
    run(ctx, _input, { row, counter }) {
      const now = passkeyRow(ctx.read, row.id)
      if (now?.voided_at !== null) throw refusal('unknown-passkey')
      if (isCounterBack(counter, counterOf(ctx.read, now))) throw refusal('counter-back')
      ctx.write.putLocal(passkeyUse, { passkey_id: row.id, counter, last_at: ctx.now })
      return enter(services, ctx, row.user_id, 'passkey')
    },
  })

type Answer = InputOf<Defs['passkeySignIn']>

/** Checks challenge, origin, host, that the device has checked the person, and the signature. Returns the counter. */
async function proveAnswer(
  ctx: PrepareContext,
  place: Place,
  input: Answer,
  row: PasskeyRow,
): Promise<number> {
  const { verifyAuthenticationResponse } = await library()
  const fault = faultOfAnswer(input.clientData, input.authenticatorData, place)
  if (fault) throw new Fault(fault)
  const counter = Buffer.from(input.authenticatorData, 'base64url').readUInt32BE(33)
  const known = counterOf(ctx.read, row)
  let verified = false
  try {
    const result = await verifyAuthenticationResponse({
      response: {
        id: input.credentialId,
        rawId: input.credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: input.clientData,
          authenticatorData: input.authenticatorData,
          signature: input.signature,
          ...(input.userHandle === null ? {} : { userHandle: input.userHandle }),
        },
      },
      expectedChallenge: challengeIn(input.clientData),
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(row.public_key),
        // Ours is below, where a copy can be told from a wrong answer.
        counter: 0,
        transports: JSON.parse(row.transports) as [],
      },
    })
    verified = result.verified
  } catch (error) {
    throw new Fault('bad-passkey', { cause: error })
  }
  if (!verified) throw new Fault('bad-passkey')
  if (isCounterBack(counter, known)) {
    ctx.outside((inner) => tellOfCopy(inner, row))
    throw new Fault('counter-back')
  }
  return counter
}

const counterOf = (read: QueryContext['read'], row: PasskeyRow): number =>
  Math.max(row.counter, lastUse(read, row.id)?.counter ?? 0)

/** Many passkeys do not count and always say 0; one that counts and does not go up has been copied (WebAuthn 6.1.1). */
const isCounterBack = (counter: number, known: number): boolean =>
  (counter > 0 || known > 0) && counter <= known

function tellOfCopy(ctx: CommandContext, row: PasskeyRow): void {
  const about = { kind: 'passkey-copied', aboutUser: row.user_id, detail: row.name }
  notify(ctx, { ...about, to: { user: row.user_id } })
  notify(ctx, { ...about, to: { role: 'admin' } })
}

interface ClientData {
  readonly type?: unknown
  readonly challenge?: unknown
  readonly origin?: unknown
  readonly crossOrigin?: unknown
}

function clientDataOf(encoded: string): ClientData {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

const challengeIn = (clientData: string): string => {
  const { challenge } = clientDataOf(clientData)
  return typeof challenge === 'string' ? challenge : ''
}

/** The library checks the same again; here each fault has a name for the audit trail. */
function faultOfAnswer(clientData: string, authenticatorData: string, place: Place): FaultName | null {
  const said = clientDataOf(clientData)
  if (said.origin !== place.origin || said.crossOrigin === true) return 'other-host'
  const bytes = Buffer.from(authenticatorData, 'base64url')
  if (bytes.length < 37) return 'bad-passkey'
  const verifiedBit = 0x04
  return ((bytes[32] ?? 0) & verifiedBit) === 0 ? 'not-verified' : null
}

/** What the device keeps beside the key: which account it is for. */
const handleOf = (userId: string): string => Buffer.from(userId, 'utf8').toString('base64url')

export const passkeyBegin = (
  challenges: Challenges,
): PreparedHandler<Defs['passkeyBegin'], { challenge: string; rpId: string }> =>
  prepared<Defs['passkeyBegin'], { challenge: string; rpId: string }>({
    async prepare(ctx) {
      const place = requirePlace(ctx)
      return { challenge: challenges.ask(asked(ctx, 'register', place)), rpId: place.rpId }
    },
    run(ctx, _input, made) {
      const account = accountById(ctx.read, ctx.actor.userId)
      return {
        ...made,
        rpName: clinicOf(ctx.read).name,
        userHandle: handleOf(ctx.actor.userId),
        username: account?.username ?? '',
        name: ctx.actor.userName,
        algorithms: coseAlgorithms,
        existing: passkeysOf(ctx.read, ctx.actor.userId).map((row) => row.credential_id),
        timeoutMs: challengeMs,
      }
    },
  })

interface Made {
  readonly rpId: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly backedUp: boolean
}

export const passkeyAdd = (challenges: Challenges): PreparedHandler<Defs['passkeyAdd'], Made> =>
  prepared<Defs['passkeyAdd'], Made>({
    async prepare(ctx, input) {
      const place = requirePlace(ctx)
      return await orRefuse(async () => {
        challenges.take(challengeIn(input.clientData), asked(ctx, 'register', place))
        if (clientDataOf(input.clientData).origin !== place.origin) throw new Fault('other-host')
        return await proveNew(place, input)
      })
    },
    run(ctx, input, made): Passkey {
      const id = passkeyIdOf(input.credentialId)
      if (passkeyRow(ctx.read, id)) throw new AppError('DUPLICATE')
      if (passkeysOf(ctx.read, ctx.actor.userId).length >= mostPasskeys) throw new AppError('DUPLICATE')
      ctx.write.insert(passkey, {
        id,
        user_id: ctx.actor.userId,
        credential_id: input.credentialId,
        public_key: made.publicKey,
        rp_id: made.rpId,
        transports: JSON.stringify(input.transports),
        counter: made.counter,
        backed_up: made.backedUp ? 1 : 0,
        created_at: ctx.now,
        name: input.name,
      })
      notify(ctx, { to: { user: ctx.actor.userId }, kind: 'passkey-added', aboutUser: ctx.actor.userId })
      return own(ctx, id)
    },
  })

async function proveNew(place: Place, input: InputOf<Defs['passkeyAdd']>): Promise<Made> {
  const { verifyRegistrationResponse } = await library()
  const result = await verifyRegistrationResponse({
    response: {
      id: input.credentialId,
      rawId: input.credentialId,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: input.clientData, attestationObject: input.attestation },
    },
    expectedChallenge: challengeIn(input.clientData),
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: coseAlgorithms,
  }).catch((error: unknown) => {
    const isUnverified = error instanceof Error && /user (could not be )?verif/i.test(error.message)
    throw new Fault(isUnverified ? 'not-verified' : 'bad-passkey', { cause: error })
  })
  if (!result.verified) throw new Fault('bad-passkey')
  const { credential, credentialBackedUp } = result.registrationInfo
  if (credential.id !== input.credentialId) throw new Fault('bad-passkey')
  return {
    rpId: place.rpId,
    publicKey: credential.publicKey,
    counter: credential.counter,
    backedUp: credentialBackedUp,
  }
}

function own(ctx: CommandContext, id: string): Passkey {
  const row = passkeyRow(ctx.read, id)
  if (row?.voided_at !== null || row.user_id !== ctx.actor.userId) throw new AppError('NOT_FOUND')
  return passkeyOf(ctx.read, row)
}

export function passkeyRename(
  ctx: CommandContext,
  { id, rev, name }: InputOf<Defs['passkeyRename']>,
): Passkey {
  own(ctx, id)
  ctx.write.update(passkey, id, rev, { name })
  return own(ctx, id)
}

export function passkeyRemove(ctx: CommandContext, { id }: { id: string }) {
  own(ctx, id)
  ctx.write.void(passkey, id, 'any', 'taken away by its owner')
  return { done: true as const }
}

export function removePasskeyOf(ctx: CommandContext, { id }: { id: string }) {
  const row = passkeyRow(ctx.read, id)
  if (row?.voided_at !== null) throw new AppError('NOT_FOUND')
  ctx.write.void(passkey, id, 'any', 'taken away by an administrator')
  return { done: true as const }
}
