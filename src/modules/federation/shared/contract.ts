// Signing in by the organisation's own service (OpenID Connect) and by passkey, and what is set up for both.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { Me } from '#modules/session/shared/contract.ts'
import { isIssuer, isPlainWord, isPlainText } from './rules.ts'

/** Asymmetric ones only: whoever can check a token must not be able to make one. */
export const algorithms = ['RS256', 'ES256', 'EdDSA'] as const
export type Algorithm = (typeof algorithms)[number]

/** What a test of the sign-in service can find wrong. */
export const providerProblems = [
  'bad-certificate',
  'duplicate-keys',
  'endpoint-insecure',
  'no-algorithm',
  'no-code-flow',
  'no-keys',
  'no-pkce',
  'not-json',
  'other-issuer',
  'redirected',
  'refused',
  'secret-unreadable',
  'too-large',
  'too-slow',
  'unknown-host',
  'unreachable',
] as const
export type ProviderProblem = (typeof providerProblems)[number]

const Id = z.uuid()
const nothing = z.strictObject({})
const done = z.strictObject({ done: z.literal(true) })
const Handle = z.string().regex(/^[\w-]{43}$/)
const B64 = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\w-]+$/)
const Words = z.array(z.string().refine(isPlainWord)).max(10)
const Name = z.string().trim().min(1).max(60).refine(isPlainText)

export const Provider = z.strictObject({
  rev: z.number().int(),
  enabled: z.boolean(),
  /** On the button: `Sign in with NAME`. */
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  secretSet: z.boolean(),
  acrValues: z.array(z.string()),
  amrValues: z.array(z.string()),
  algorithms: z.array(z.enum(algorithms)),
  assumePkce: z.boolean(),
  /** The address to be registered at the service; its port changes with every sign-in (RFC 8252, 7.3). */
  redirectAddress: z.string().nullable(),
})
export type Provider = z.infer<typeof Provider>

export const Passkey = z.strictObject({
  id: Id,
  rev: z.number().int(),
  name: z.string(),
  host: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** Kept by the maker of the device or browser as well, so that it is on several devices. */
  backedUp: z.boolean(),
})
export type Passkey = z.infer<typeof Passkey>

export const Identity = z.strictObject({
  id: Id,
  issuer: z.string(),
  subject: z.string(),
  hint: z.string().nullable(),
  linkedAt: Instant,
})
export type Identity = z.infer<typeof Identity>

const wrong = ['FEDERATION_REFUSED', 'TOO_MANY_TRIES'] as const

export const federation = contract('federation', {
  offers: query({
    summary: 'Which ways to sign in besides a password are open at this door.',
    access: 'public',
    audit: false,
    reads: ['identity_provider'],
    input: nothing,
    output: z.strictObject({
      organisation: z
        .strictObject({ name: z.string(), state: z.enum(['checking', 'ready', 'unreachable']) })
        .nullable(),
      passkeys: z.boolean(),
    }),
  }),
  beginSignIn: command({
    summary: 'Open the organisation’s sign-in page in the browser of this computer.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'federation.begin', category: 'account' },
    input: nothing,
    output: z.strictObject({ handle: z.string() }),
    errors: [...wrong],
  }),
  completeSignIn: command({
    summary: 'Wait for the answer of the organisation’s sign-in page, check it, start a session.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'federation.sign-in', category: 'account', detail: (_i, o) => o.userId },
    input: z.strictObject({ handle: Handle }),
    output: Me,
    errors: [...wrong],
  }),
  cancel: command({
    summary: 'Give up a sign-in or link that waits for the browser.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'federation.cancel', category: 'account' },
    input: z.strictObject({ handle: Handle }),
    output: done,
  }),
  beginLink: command({
    summary: 'Open the organisation’s sign-in page to link the own account with it.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'federation.begin-link', category: 'account' },
    input: nothing,
    output: z.strictObject({ handle: z.string() }),
    errors: [...wrong],
  }),
  completeLink: command({
    summary: 'Wait for the answer of the sign-in page and link the own account with that identity.',
    access: 'ownAccount.U',
    audit: { action: 'federation.link-own', category: 'account', detail: (_i, o) => o.id },
    input: z.strictObject({ handle: Handle }),
    output: Identity,
    errors: [...wrong, 'DUPLICATE'],
  }),
  unlinkOwn: command({
    summary: 'Take the link of the own account with the organisation’s sign-in away.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'federation.unlink-own', category: 'account', detail: (i) => i.id },
    input: z.strictObject({ id: Id }),
    output: done,
  }),
  mine: query({
    summary: 'The own links and passkeys, and what can be added here.',
    access: 'ownAccount.R',
    audit: { action: 'federation.view-own', category: 'account' },
    reads: ['external_identity', 'passkey', 'identity_provider', 'user_account'],
    input: nothing,
    output: z.strictObject({
      identities: z.array(Identity),
      passkeys: z.array(Passkey),
      /** Name of the organisation's sign-in where it can be linked from this window. */
      canLink: z.string().nullable(),
      canAddPasskey: z.boolean(),
      /** False for people who never set a password here: they cannot open the clinic after a restart (SECURITY 3.5). */
      hasPassword: z.boolean(),
    }),
  }),
  setPassphrase: command({
    summary:
      'Set a local passphrase where there is none yet: it opens the clinic on this computer and signs.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'federation.set-passphrase', category: 'account' },
    input: z.strictObject({ passphrase: z.string().min(1).max(1024) }),
    output: done,
    errors: ['PASSWORD_TOO_WEAK', 'WRONG_STATE'],
  }),
  passkeyChallenge: command({
    summary: 'A one-time question for the passkeys of this browser.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'passkey.ask', category: 'account', quiet: true },
    input: nothing,
    output: z.strictObject({ challenge: z.string(), rpId: z.string(), timeoutMs: z.number().int() }),
    errors: [...wrong],
  }),
  passkeySignIn: command({
    summary: 'Sign in with a passkey; starts a session.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'passkey.sign-in', category: 'account', detail: (_i, o) => o.userId },
    input: z.strictObject({
      credentialId: B64,
      clientData: B64,
      authenticatorData: B64,
      signature: B64,
      userHandle: B64.nullable(),
    }),
    output: Me,
    errors: [...wrong],
  }),
  passkeyBegin: command({
    summary: 'A one-time question with which a new passkey of the own account is made.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'passkey.begin', category: 'account' },
    input: nothing,
    output: z.strictObject({
      challenge: z.string(),
      rpId: z.string(),
      rpName: z.string(),
      userHandle: z.string(),
      username: z.string(),
      name: z.string(),
      algorithms: z.array(z.number().int()),
      existing: z.array(z.string()),
      timeoutMs: z.number().int(),
    }),
    errors: [...wrong],
  }),
  passkeyAdd: command({
    summary: 'Keep a newly made passkey of the own account.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'passkey.add', category: 'account', detail: (_i, o) => o.id },
    input: z.strictObject({
      name: Name,
      credentialId: B64,
      clientData: B64,
      attestation: B64,
      transports: z.array(z.string().regex(/^[a-z-]{2,20}$/)).max(8),
    }),
    output: Passkey,
    errors: [...wrong, 'DUPLICATE'],
  }),
  passkeyRename: command({
    summary: 'Give an own passkey another name.',
    access: 'ownAccount.U',
    audit: { action: 'passkey.rename', category: 'account', detail: (i) => i.id },
    input: z.strictObject({ id: Id, rev: z.number().int(), name: Name }),
    output: Passkey,
  }),
  passkeyRemove: command({
    summary: 'Take an own passkey away.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'passkey.remove', category: 'account', detail: (i) => i.id },
    input: z.strictObject({ id: Id }),
    output: done,
  }),
  provider: query({
    summary: 'How the organisation’s sign-in is set up; never its secret.',
    access: 'users.R',
    audit: { action: 'federation.view', category: 'configuration' },
    reads: ['identity_provider'],
    input: nothing,
    output: Provider,
  }),
  saveProvider: command({
    summary: 'Set up the organisation’s sign-in, or switch it off.',
    access: 'users.M',
    stepUp: true,
    audit: {
      action: 'federation.configure',
      category: 'configuration',
      detail: (i) => (i.enabled ? 'on' : 'off'),
    },
    input: z.strictObject({
      rev: z.number().int(),
      enabled: z.boolean(),
      name: Name,
      issuer: z.string().max(300).refine(isIssuer),
      clientId: z.string().min(1).max(300).refine(isPlainWord),
      /** Left out: keep what is there. Null: none. */
      secret: z.string().min(1).max(500).nullable().optional(),
      acrValues: Words,
      amrValues: Words,
      algorithms: z.array(z.enum(algorithms)),
      assumePkce: z.boolean(),
    }),
    output: Provider,
  }),
  testProvider: command({
    summary: 'Ask the sign-in service as it is saved whether it answers and can be used.',
    access: 'users.M',
    audit: { action: 'federation.test', category: 'configuration', detail: (_i, o) => o.problem ?? 'ok' },
    input: nothing,
    output: z.strictObject({ problem: z.enum(providerProblems).nullable() }),
    errors: ['WRONG_STATE'],
  }),
  links: query({
    summary: 'Whose account is linked with which identity, and who has passkeys.',
    access: 'users.R',
    audit: { action: 'federation.list', category: 'account' },
    reads: ['external_identity', 'passkey', 'user_account'],
    input: nothing,
    output: z.strictObject({
      people: z.array(
        z.strictObject({
          userId: UserId,
          name: z.string(),
          username: z.string(),
          identities: z.array(Identity),
          passkeys: z.array(Passkey),
        }),
      ),
    }),
  }),
  link: command({
    summary: 'Link an account with an identity by the subject the sign-in service gives it.',
    access: 'users.M',
    stepUp: true,
    // Whoever has that identity is that person from then on: for another administrator two agree (main/handlers.ts).
    fourEyes: true,
    keepsInput: true,
    askedFacts: (i) => ({ user: i.userId }),
    audit: { action: 'federation.link', category: 'account', detail: (i) => i.userId },
    input: z.strictObject({ userId: UserId, subject: z.string().min(1).max(255).refine(isPlainText) }),
    output: Identity,
    errors: ['DUPLICATE', 'WRONG_STATE'],
  }),
  unlink: command({
    summary: 'Take somebody’s link with the organisation’s sign-in away.',
    access: 'users.M',
    stepUp: true,
    audit: { action: 'federation.unlink', category: 'account', detail: (i) => i.id },
    input: z.strictObject({ id: Id }),
    output: done,
  }),
  removePasskeyOf: command({
    summary: 'Take somebody’s passkey away.',
    access: 'users.M',
    stepUp: true,
    audit: { action: 'passkey.revoke', category: 'account', detail: (i) => i.id },
    input: z.strictObject({ id: Id }),
    output: done,
  }),
})
