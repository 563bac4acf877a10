// Doors that keep their token as a window or browser does, and people who really signed up: for tests of signing in.
import { TOTP } from 'otpauth'
import type { Door } from '#core/rpc/context.ts'
import { mintId } from '#core/store/mint.ts'
import type { UserId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import { type Client, clientFor } from './client.ts'
import type { TestClinic } from './clinic.ts'

export const goodPassword = 'lantern-quarry-violin'

export type TestDoor = Client & { readonly state: { token: string | null } }

export function doorOf(clinic: TestClinic, door: Door = 'ipc', source = 'window-1'): TestDoor {
  const state = { token: null as string | null }
  const client = clientFor((procedure, input, opId) =>
    clinic.clinic.dispatch(
      { procedure, input, opId: opId ?? mintId(clinic.now()) },
      { door, source, token: state.token, setToken: (token) => void (state.token = token) },
    ),
  )
  return { ...client, state }
}

/** A person with a password of their own, set with the code from the admin. */
export async function hire(
  clinic: TestClinic,
  username: string,
  roles: Role[],
  password = goodPassword,
): Promise<UserId> {
  const { code, person } = await clinic
    .as('admin')
    .people.create({ username, name: `Name of ${username}`, roles })
  await doorOf(clinic).session.setPassword({ username, code, newPassword: password })
  return person.id
}

export async function signedIn(
  clinic: TestClinic,
  username: string,
  door: Door = 'ipc',
  source = 'window-1',
): Promise<TestDoor> {
  const at = doorOf(clinic, door, source)
  await at.session.signIn({ username, password: goodPassword })
  return at
}

/** What the phone shows at an instant. */
export const codeAt = (uri: string, ms: number): string => {
  const found = new URL(uri).searchParams.get('secret')
  if (found === null) throw new Error('no secret in the address')
  return new TOTP({ secret: found, digits: 6, period: 30, algorithm: 'SHA1' }).generate({ timestamp: ms })
}

export const refusedWith = (code: string) => ({ code })
