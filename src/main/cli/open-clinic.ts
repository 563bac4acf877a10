// Opens a clinic folder for one command and signs a person in, as a door does; everything ends with the command.
import { existsSync } from 'node:fs'
import type { ClinicHost } from '#core/host.ts'
import type { Caller } from '#core/rpc/door-types.ts'
import { mintId } from '#core/store/mint.ts'
import type { Reply, ReplyError } from '#shared/errors.ts'
import type { Me } from '#modules/session/shared/contract.ts'
import { composeHost } from './compose.ts'
import { passwordFrom, takeVariable } from './terminal.ts'
import { CliError } from './usage.ts'

export type CliCaller = Caller & { token: string | null }

export function cliCaller(): CliCaller {
  const caller: CliCaller = {
    door: 'cli',
    token: null,
    source: 'cli',
    setToken: (token) => {
      caller.token = token
    },
  }
  return caller
}

export async function withHost<T>(
  dir: string,
  work: (host: ClinicHost) => Promise<T>,
  mayBeNew = false,
): Promise<T> {
  if (!mayBeNew && !existsSync(dir)) throw new CliError(`there is no folder ${dir}`)
  const host = await composeHost({ dir, door: 'cli' })
  try {
    const owner = host.otherOwner()
    if (owner) {
      const json = {
        error: {
          code: 'UNAVAILABLE',
          details: { problem: 'owned-by-other-process', pid: owner.pid, door: owner.door },
        },
      }
      throw new CliError(`${dir} is in use by process ${owner.pid} (${owner.door}); end that one first`, json)
    }
    return await work(host)
  } finally {
    await host.close()
  }
}

/** Opens the clinic and signs `user` in. */
export async function withPerson<T>(
  dir: string,
  user: string,
  work: (host: ClinicHost, caller: CliCaller) => Promise<T>,
): Promise<T> {
  const password = await passwordFrom('OSLER_PASSWORD', `Password of ${user}: `)
  return await withHost(dir, async (host) => {
    requireClinic(host, dir)
    const caller = cliCaller()
    const unlocked = await unlockFromEnvironment(host)
    const input = { username: user, password }
    const reply = unlocked
      ? await host.dispatch({ procedure: 'session.signIn', input }, caller)
      : await host.bootstrap('unlock', input, caller)
    if (!reply.ok) throw refused(reply.error, unlocked ? '' : unlockHint)
    await completeSignIn(host, caller, reply.value as Pick<Me, 'pending'>)
    return await work(host, caller)
  })
}

/** The second factor comes from OSLER_TOTP, or is typed. Setting one up needs a screen. */
export async function completeSignIn(
  host: ClinicHost,
  caller: CliCaller,
  { pending }: Pick<Me, 'pending'>,
): Promise<void> {
  if (pending === 'enrolment')
    throw new CliError('this person has to set up a second factor first: sign in at a window or browser')
  if (pending === null) return
  const code = await passwordFrom('OSLER_TOTP', 'Code from the phone: ')
  const call = { procedure: 'session.secondFactor', input: { code }, opId: mintId(Date.now()) }
  valueOf(await host.dispatch(call, caller))
}

const unlockHint =
  '\nA person who never signed in at this computer cannot open the clinic: let OSLER_UNLOCK_USER and OSLER_UNLOCK_PASSWORD open it.'

/** True when the two variables are set and opened it. Whoever opens stays signed in no longer than that. */
export async function unlockFromEnvironment(host: ClinicHost): Promise<boolean> {
  const username = takeVariable('OSLER_UNLOCK_USER')
  const password = takeVariable('OSLER_UNLOCK_PASSWORD')
  if (username === undefined || password === undefined) return false
  const caller = cliCaller()
  const reply = await host.bootstrap('unlock', { username, password }, caller)
  if (!reply.ok) throw refused(reply.error, '\n(OSLER_UNLOCK_USER could not open the clinic)')
  await host.dispatch({ procedure: 'session.signOut', input: {}, opId: mintId(Date.now()) }, caller)
  return true
}

export function requireClinic(host: ClinicHost, dir: string): void {
  if (host.status().state === 'none')
    throw new CliError(`there is no clinic in ${dir}; make one with: create`)
}

export function valueOf(reply: Reply): unknown {
  if (reply.ok) return reply.value
  throw refused(reply.error)
}

export function refused(error: ReplyError, hint = ''): CliError {
  const facts = Object.entries(error.details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  const words = facts.length > 0 ? ` (${facts.join(', ')})` : ''
  return new CliError(`refused: ${error.code}${words}${error.code === 'WRONG_PASSWORD' ? hint : ''}`, {
    error,
  })
}
