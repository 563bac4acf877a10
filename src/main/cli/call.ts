// `call`: one procedure through the same dispatch as every door.
import type { ClinicHost } from '#core/host.ts'
import { mintId } from '#core/store/mint.ts'
import { isRole, type Role, scopeOf, splitAccess } from '#shared/permissions.ts'
import { type CliCaller, valueOf, withPerson } from './open-clinic.ts'
import { allProcedures } from './procedures.ts'
import { print, readInput } from './terminal.ts'
import { CliError, parse } from './usage.ts'

export async function callCommand(args: readonly string[]): Promise<void> {
  const { values, rest } = parse(args, { dir: 'string', as: 'string', role: 'string' }, ['dir', 'as'])
  const [procedure, ...others] = rest
  if (!procedure || others.length > 0) throw new CliError('call takes exactly one MODULE.PROCEDURE')
  if (!allProcedures().has(procedure))
    throw new CliError(`there is no procedure ${procedure}; see: procedures`)
  const input = parseInput(await readInput())
  await withPerson(values.dir ?? '', values.as ?? '', async (host, caller) => {
    await wearHat(host, caller, procedure, values.role)
    print(valueOf(await host.dispatch({ procedure, input, opId: mintId(Date.now()) }, caller)))
  })
}

function parseInput(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new CliError('the input on standard input is not JSON')
  }
}

/**
 * Puts on the named hat, or else the first of the person's own that may call this. The switch is an act like any other
 * and stands in the audit log.
 */
export async function wearHat(
  host: ClinicHost,
  caller: CliCaller,
  procedure: string,
  wanted?: string,
): Promise<void> {
  if (wanted !== undefined && !isRole(wanted)) throw new CliError(`${wanted} is not a role`)
  const me = valueOf(await host.dispatch({ procedure: 'session.me', input: {} }, caller)) as {
    role: Role
    roles: Role[]
  }
  const access = allProcedures().get(procedure)?.access ?? 'public'
  const may = (role: Role) => access === 'public' || scopeOf(role, ...splitAccess(access)) !== undefined
  const role = wanted ?? (may(me.role) ? me.role : me.roles.find(may))
  if (role === undefined || role === me.role) return
  const call = { procedure: 'session.switchRole', input: { role }, opId: mintId(Date.now()) }
  valueOf(await host.dispatch(call, caller))
}
