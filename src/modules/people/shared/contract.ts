// People who work here: accounts, roles, the directory of colleagues.
import * as z from 'zod'
import { type AskedFacts, command, contract, query } from '#shared/contract.ts'
import { UserId } from '#shared/ids.ts'
import { roles } from '#shared/permissions.ts'
import { Instant } from '#shared/time.ts'
import { Username } from '#modules/session/shared/contract.ts'

const RoleName = z.enum(roles)
const Name = z.string().trim().min(1).max(200)
const Reason = z.string().trim().min(3).max(500)

export const Person = z.strictObject({
  id: UserId,
  rev: z.number().int(),
  username: z.string(),
  name: z.string(),
  roles: z.array(RoleName),
  active: z.boolean(),
  /** waiting: a one-time code is open · set: a password exists · none: neither. */
  credential: z.enum(['set', 'waiting', 'none']),
  lastSignInAt: Instant.nullable(),
})
export type Person = z.infer<typeof Person>

/** Shown once to the admin, handed to the person on paper; single use, good for 24 hours, or for ten minutes where it is not on paper (AUTH-09). */
const OneTimeCode = z.strictObject({ person: Person, code: z.string(), expiresAt: Instant })

/** Administrators are made by two persons (AUTHZ-08); whoever is one already needs no second consent (main/handlers.ts). */
const adminByTwo = <I extends { readonly roles: readonly string[] }>(
  askedFacts: (input: I) => AskedFacts,
) => ({
  fourEyes: (input: I) => input.roles.includes('admin'),
  keepsInput: true as const,
  askedFacts,
})

/** So are they given access again, and a way in; for everybody else one person is enough (main/handlers.ts). */
const otherAdminByTwo = {
  fourEyes: true,
  keepsInput: true,
  askedFacts: (input: { id: string }) => ({ user: input.id }),
} as const

export const people = contract('people', {
  list: query({
    summary: 'All accounts with their roles and state.',
    access: 'users.R',
    audit: { action: 'people.list', category: 'account' },
    reads: ['user_account', 'role_grant'],
    input: z.strictObject({}),
    output: z.array(Person),
  }),
  directory: query({
    summary: 'Names and roles of active colleagues.',
    access: 'directory.R',
    audit: false,
    reads: ['user_account', 'role_grant'],
    input: z.strictObject({}),
    output: z.array(z.strictObject({ id: UserId, name: z.string(), roles: z.array(RoleName) })),
  }),
  create: command({
    summary: 'Add a person; returns a one-time code for the first password.',
    access: 'users.C',
    ...adminByTwo((i: { username: string; name: string; roles: readonly string[] }) => ({
      username: i.username,
      name: i.name,
      roles: i.roles.join(' '),
    })),
    audit: { action: 'people.create', category: 'account', detail: (i) => i.roles.join(' ') },
    input: z.strictObject({ username: Username, name: Name, roles: z.array(RoleName).min(1).max(9) }),
    output: OneTimeCode,
    errors: ['NAME_TAKEN'],
  }),
  update: command({
    summary: 'Change a person’s name or roles.',
    access: 'users.U',
    ...adminByTwo((i: { id: string; roles: readonly string[] }) => ({
      user: i.id,
      roles: i.roles.join(' '),
    })),
    audit: { action: 'people.update', category: 'account', detail: (i) => i.roles.join(' ') },
    input: z.strictObject({
      id: UserId,
      rev: z.number().int(),
      name: Name,
      roles: z.array(RoleName).min(1).max(9),
    }),
    output: Person,
    errors: ['LAST_ADMIN'],
  }),
  deactivate: command({
    summary: 'End a person’s access: all sessions close, the account stays for the record.',
    access: 'users.U',
    audit: { action: 'people.deactivate', category: 'account' },
    input: z.strictObject({ id: UserId, rev: z.number().int(), reason: Reason }),
    output: Person,
    errors: ['LAST_ADMIN'],
  }),
  reactivate: command({
    summary: 'Give a deactivated person access again; a new one-time code is made.',
    access: 'users.U',
    ...otherAdminByTwo,
    audit: { action: 'people.reactivate', category: 'account' },
    input: z.strictObject({ id: UserId, rev: z.number().int() }),
    output: OneTimeCode,
  }),
  resetPassword: command({
    summary: 'Make a one-time code with which the person sets a new password.',
    access: 'users.U',
    ...otherAdminByTwo,
    audit: { action: 'people.reset-password', category: 'account' },
    input: z.strictObject({
      id: UserId,
      rev: z.number().int(),
      /** `paper`: printed, good for a day · `now`: read out or shown on the clinic's network, good for ten minutes. */
      handedOver: z.enum(['paper', 'now']).default('paper'),
    }),
    output: OneTimeCode,
  }),
})
