// The ways into the open clinic from outside: made new, with a password, or as the demo. A person at work ends each.
import type { CreateClinic, Unlock } from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import { passwordFault } from '#shared/password-rules.ts'
import { folderState } from './clinic-folder.ts'
import { OpenProblem, type VerifyReport } from './clinic-types.ts'
import { openDemoClinic } from './demo-clinic.ts'
import { lockDir } from './host-folder.ts'
import { kitGate } from './host-kit.ts'
import type { HostState } from './host-state.ts'
import { statusOf } from './host-status.ts'
import { createClinicIn, type OpenedClinic, unlockClinicIn } from './opened-clinic.ts'
import type { Caller } from './rpc/door-types.ts'

/** `null`: anybody with a slot. */
export interface SlotHolder {
  readonly username: string | null
  readonly password: string
}

export async function create(host: HostState, input: CreateClinic, caller: Caller): Promise<Reply> {
  if (host.state() !== 'none') throw new AppError('CONFLICT', { state: host.state() })
  const { admin } = input
  const fault = passwordFault(admin.password, {
    passwordOnly: host.passwordOnly,
    names: [admin.username, admin.name, input.clinicName],
  })
  if (fault) throw new AppError('PASSWORD_TOO_WEAK', { fault, minimum: statusOf(host).minimumPassword })
  const opened = await createClinicIn(host.real, input)
  if (input.kit === 'later') opened.finish()
  const reply = await enter(host, opened, admin, caller)
  if (reply.ok && input.kit !== 'later') host.gate = kitGate(opened, 'set-up', input.clinicName, caller.door)
  return reply
}

export async function unlock(host: HostState, who: Unlock, caller: Caller): Promise<Reply> {
  // Somebody else was quicker: this is an ordinary sign-in then.
  if (host.opened) return await signIn(host, who, caller)
  const opened = await openSlot(host, who, caller)
  const reply = await enter(host, opened, who, caller)
  if (reply.ok) host.throttle.passed()
  return reply
}

/** Its first audit entry also says how many wrong tries there were: nobody could write them down while it was closed. */
async function openSlot(
  host: HostState,
  who: SlotHolder,
  { door }: Pick<Caller, 'door'>,
): Promise<OpenedClinic> {
  if (folderState(host.real.folder) === 'empty') throw new AppError('CONFLICT', { state: 'none' })
  host.problem = null
  const opened = await host.opening(() => unlockClinicIn(host.real, who))
  if (!opened) {
    host.throttle.failed()
    throw new AppError('WRONG_PASSWORD')
  }
  const act = {
    action: 'clinic.open',
    category: 'system',
    detail: `wrong-tries=${host.throttle.failures()}`,
  } as const
  try {
    opened.clinic.transact({ actor: null, door }, act, () => {})
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

export async function verifyClosed(host: HostState, who: SlotHolder): Promise<VerifyReport> {
  if (host.opened) throw new AppError('CONFLICT', { state: 'open' })
  const opened = await openSlot(host, who, { door: host.options.door })
  try {
    return opened.clinic.verify()
  } finally {
    await opened.close()
  }
}

export async function openDemo(host: HostState, locale: string, caller: Caller): Promise<Reply> {
  const { demo } = host.options
  if (!demo) throw new AppError('NOT_FOUND')
  const { admin } = demo.founding(locale)
  if (host.opened?.isDemo) return await signIn(host, admin, caller)
  if (host.opened) throw new AppError('CONFLICT', { state: 'open' })
  const opened = await openDemoClinic(host.demo, demo, locale, async (dir) => {
    const owner = await lockDir(host, dir)
    if (owner !== 'this process') throw new OpenProblem('owned-by-other-process', owner.pid)
  })
  return await enter(host, opened, admin, caller)
}

/** The same checks, delays and audit entries as at any other door: there is one way to sign in. */
function signIn(host: HostState, { username, password }: Unlock, caller: Caller): Promise<Reply> {
  return host.dispatch({ procedure: 'session.signIn', input: { username, password } }, caller)
}

/** A slot alone lets nobody in: without a person at work the clinic is closed again. */
async function enter(host: HostState, opened: OpenedClinic, who: Unlock, caller: Caller): Promise<Reply> {
  host.follow(opened)
  const reply = await signIn(host, who, caller)
  if (!reply.ok) await host.letGo()
  return reply
}
