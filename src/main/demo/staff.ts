// The people who work in the demo clinic. All have the one public password; the two doctors sign with keys of their own.
import { openSigningKey } from '#core/keys/signing-key.ts'
import type { OpenClinic } from '#core/clinic-types.ts'
import type { Actor } from '#core/rpc/context.ts'
import {
  accountById,
  createAccount,
  newestSigningKey,
  rolesOf,
  setFirstCredential,
} from '#modules/people/main/api.ts'
import type { SigningKey } from '#modules/notes/main/api.ts'
import { demoPassword } from '#shared/demo.ts'
import type { Role } from '#shared/permissions.ts'

export interface DemoDoctor {
  readonly actor: Actor
  readonly key: SigningKey
}

export interface DemoStaff {
  readonly keller: DemoDoctor
  readonly osei: DemoDoctor
  readonly brandt: Actor
  readonly haddad: Actor
}

/** Lab technicians and nurses are named where they did something. */
export const nurseName = 'Lin Brandt'
export const labName = 'Tomás Ferreira'

const colleagues: readonly { username: string; name: string; roles: readonly Role[] }[] = [
  { username: 'kofi.osei', name: 'Dr. Kofi Osei', roles: ['doctor'] },
  { username: 'lin.brandt', name: nurseName, roles: ['nurse'] },
  { username: 'samira.haddad', name: 'Samira Haddad', roles: ['reception'] },
  { username: 'tomas.ferreira', name: labName, roles: ['lab'] },
  { username: 'grace.nolan', name: 'Grace Nolan', roles: ['billing'] },
  { username: 'noor.hansen', name: 'Noor Hansen', roles: ['privacy'] },
  { username: 'iveta.novak', name: 'Iveta Novák', roles: ['admin'] },
]

export async function hireStaff(
  clinic: OpenClinic,
  about: { locale: string; founderId: string },
): Promise<DemoStaff> {
  const { services } = clinic
  const hashes = await Promise.all(colleagues.map(() => services.passwords.hash(demoPassword)))
  const founderKey = await founderSigningKey(clinic, about.founderId)
  const act = { action: 'demo.staff', category: 'account' } as const
  const hired = clinic.transact({ actor: null, door: 'job' }, act, (ctx) =>
    colleagues.map((person, n) => {
      const id = createAccount(ctx, services, { ...person, locale: about.locale })
      const hash = hashes[n]
      if (!hash) throw new Error('a password was not hashed')
      return { id, username: person.username, key: setFirstCredential(ctx, id, hash) }
    }),
  )
  const named = (username: string) => {
    const person = hired.find((p) => p.username === username)
    if (!person) throw new Error(`nobody in the demo clinic is called ${username}`)
    return person
  }
  const osei = named('kofi.osei')
  for (const person of hired) if (person !== osei) person.key.privateKey.fill(0)
  for (const { keyEncryptionKey } of hashes) keyEncryptionKey.fill(0)
  return {
    keller: { actor: actorOf(clinic, about.founderId, 'doctor'), key: founderKey },
    osei: { actor: actorOf(clinic, osei.id, 'doctor'), key: osei.key },
    brandt: actorOf(clinic, named('lin.brandt').id, 'nurse'),
    haddad: actorOf(clinic, named('samira.haddad').id, 'reception'),
  }
}

/** The founder's key was made with the clinic; the public password opens it. */
async function founderSigningKey(clinic: OpenClinic, founderId: string): Promise<SigningKey> {
  const { account, key } = clinic.read((read) => ({
    account: accountById(read, founderId),
    key: newestSigningKey(read, founderId),
  }))
  const verified = await clinic.services.passwords.verify(demoPassword, account?.verifier ?? null)
  const privateKey =
    key && verified ? openSigningKey(founderId, verified.keyEncryptionKey, key.wrapped_private) : null
  verified?.keyEncryptionKey.fill(0)
  if (!key || !privateKey) throw new Error('the founder of the demo clinic cannot sign')
  return { keyId: key.id, privateKey }
}

function actorOf(clinic: OpenClinic, userId: string, role: Role): Actor {
  return clinic.read((read) => {
    const account = accountById(read, userId)
    if (!account) throw new Error('no such account')
    return {
      userId,
      userName: account.name,
      role,
      roles: rolesOf(read, userId),
      sessionId: 'demo',
    }
  })
}
