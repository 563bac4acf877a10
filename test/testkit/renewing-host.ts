// Renewing the root key of a whole clinic as its only administrator does it: asked for, agreed to with the kit, a day later
// begun again, the new kit put on paper, and done with the own password.
import type { ClinicHost } from '#core/host.ts'
import { mintId } from '#core/store/mint.ts'
import type { Reply } from '#shared/errors.ts'
import { testCaller, testPassword } from './host.ts'
import { type BackedUp, must, people, type Sheet } from './restoring.ts'

type Caller = ReturnType<typeof testCaller>

export const ask = (host: ClinicHost, caller: Caller, procedure: string, input: unknown): Promise<Reply> =>
  host.dispatch({ procedure, input, opId: mintId(Date.now()) }, caller)

/** Anna signs in anew, with the hat of the administrator. */
export async function signInAdmin({ host, caller }: Pick<BackedUp, 'host' | 'caller'>): Promise<void> {
  must(await ask(host, caller, 'session.signIn', people))
  must(await ask(host, caller, 'session.switchRole', { role: 'admin' }))
}

/** The sheet of the new kit; nothing has been changed yet. */
export async function beginRenewal(from: BackedUp): Promise<Sheet> {
  const { host, home, caller, kit } = from
  await signInAdmin(from)
  const first = await ask(host, caller, 'keys.beginRenewal', {})
  if (first.ok) return first.value as Sheet
  if (first.error.code !== 'SECOND_PERSON_NEEDED') must(first)
  const id = String(first.error.details.requestId)
  must(await ask(host, caller, 'access.approveWithKit', { id, rev: 1, kit }))
  home.tick(25 * 3_600_000)
  await signInAdmin(from)
  return must(await ask(host, caller, 'keys.beginRenewal', {})) as Sheet
}

/** Resolves when the clinic is open again. */
export function whenChanged(host: ClinicHost): Promise<void> {
  return new Promise((resolve) => {
    const stop = host.onChanged((tables) => {
      if (!tables.includes('*')) return
      stop()
      resolve()
    })
  })
}

/** Returns the text of the new kit, with everybody signed out. `before`: the last thing under the former keys. */
export async function renewRoot(from: BackedUp, before?: () => Promise<void>): Promise<string> {
  const sheet = await beginRenewal(from)
  await before?.()
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  const changed = whenChanged(from.host)
  must(await ask(from.host, from.caller, 'keys.renew', { typed, password: testPassword }))
  await changed
  return sheet.groups.join('-')
}
