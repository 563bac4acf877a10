// What the security centre offers, to whom, and what is written down about it. Read this page first.
// Nothing here can switch encryption off: there is no such thing to call (DB-03).
import * as z from 'zod'
import { KitSheet, KitTyped, kitPaperLanguages } from '#shared/bootstrap.ts'
import { command, contract, query } from '#shared/contract.ts'
import { UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'

export const keychains = ['secret-service', 'keychain', 'credential-manager', 'safe-storage', 'none'] as const
export type KeychainName = (typeof keychains)[number]

/** What should be done about the keys, most urgent first. */
export const adviceKinds = [
  'kit-pending',
  'admin-left',
  'backups-other-kit',
  'rotation-due',
  'password-only',
] as const
export type AdviceKind = (typeof adviceKinds)[number]

/** A database key older than this is due for a change (SECURITY 3.6). */
export const rotationDays = 365

export const KeyState = z.strictObject({
  keychain: z.enum(keychains),
  kit: z.strictObject({ id: z.string(), madeAt: Instant, confirmed: z.enum(['typed', 'file']) }).nullable(),
  database: z.strictObject({
    generation: z.number().int(),
    since: Instant,
    /** Former keys that go with the next good backup. */
    older: z.number().int(),
    bytes: z.number().int(),
    freeBytes: z.number().int(),
    neededBytes: z.number().int(),
  }),
  /** The key above all others; a new one is made when somebody who knew the kit has left. */
  root: z.strictObject({ generation: z.number().int(), since: Instant }),
  /** Who can open the closed clinic on this computer. */
  openers: z.array(z.strictObject({ userId: UserId, name: z.string(), keychain: z.enum(keychains) })),
  advice: z.array(
    z.strictObject({ kind: z.enum(adviceKinds), name: z.string().nullable(), at: Instant.nullable() }),
  ),
  encryption: z.strictObject({ cipher: z.string(), since: Instant }),
  isDemo: z.boolean(),
})
export type KeyState = z.infer<typeof KeyState>

export const keys = contract('keys', {
  state: query({
    summary: 'Keychain, recovery kit, age of the database key and who can open the clinic on this computer.',
    access: 'keys.R',
    audit: { action: 'keys.view', category: 'configuration' },
    reads: ['user_account', 'role_grant', 'clinic'],
    input: z.strictObject({}),
    output: KeyState,
  }),
  makeKit: command({
    summary: 'Make a new recovery kit to put on paper; it counts only once it is confirmed.',
    access: 'keys.M',
    stepUp: true,
    fourEyes: true,
    // Of this category no answer is kept for a repeat: it holds the kit itself.
    audit: { action: 'kit.make', category: 'account', detail: (_i, o: { id: string }) => `kit=${o.id}` },
    input: z.strictObject({}),
    output: KitSheet,
  }),
  kitPaper: command({
    summary: 'The kit that waits as a PDF, for the person who made it.',
    access: 'keys.M',
    audit: { action: 'kit.save-paper', category: 'account', detail: (i) => i.language },
    input: z.strictObject({ language: z.enum(kitPaperLanguages) }),
    output: z.strictObject({ token: z.string(), name: z.string() }),
    errors: ['WRONG_STATE'],
  }),
  confirmKit: command({
    summary: 'Put the new kit in force by typing two of its groups; the former one is dead at once.',
    access: 'keys.M',
    stepUp: true,
    audit: { action: 'kit.replace', category: 'account', detail: (_i, o: { id: string }) => `kit=${o.id}` },
    input: z.strictObject({ typed: KitTyped }),
    output: z.strictObject({ id: z.string() }),
    errors: ['WRONG_KIT', 'WRONG_STATE'],
  }),
  rotate: command({
    summary: 'Give the database a new key; everybody is signed out while it happens.',
    access: 'keys.M',
    stepUp: true,
    fourEyes: true,
    audit: { action: 'key.rotate', category: 'configuration' },
    input: z.strictObject({}),
    output: z.strictObject({ started: z.literal(true) }),
  }),
  beginRenewal: command({
    summary: 'Make the new kit with which a new clinic root key begins; nothing else is changed yet.',
    access: 'keys.M',
    stepUp: true,
    fourEyes: true,
    audit: {
      action: 'key.begin-renewal',
      category: 'account',
      detail: (_i, o: { id: string }) => `kit=${o.id}`,
    },
    input: z.strictObject({}),
    output: KitSheet,
  }),
  renew: command({
    summary:
      'Give the clinic a new root key, a new kit and a new database key at once; everybody is signed out and makes the own slot anew.',
    access: 'keys.M',
    stepUp: true,
    audit: { action: 'key.renew', category: 'account', detail: (_i, o: { id: string }) => `kit=${o.id}` },
    input: z.strictObject({
      typed: KitTyped,
      /** Opens the own slot on this computer; `null` for somebody who has none here. */
      password: z.string().min(1).max(1024).nullable(),
    }),
    output: z.strictObject({ id: z.string() }),
    errors: ['WRONG_KIT', 'WRONG_STATE', 'WRONG_PASSWORD'],
  }),
})
