// The copy of the day for when the clinic does not open: whether it is offered here, and reading it.
import { existsSync } from 'node:fs'
import { bootstrapProcedures } from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import { packetFile } from './downtime/packet.ts'
import { readDowntime } from './downtime/read-downtime.ts'
import { parseInput } from './host-problems.ts'
import type { HostState } from './host-state.ts'
import type { Caller } from './rpc/door-types.ts'

/** Never beside a clinic that opens: there, roles, second factors and the trail decide who reads what. */
export function offersDowntime(host: HostState): boolean {
  const state = host.state()
  const isShut = state === 'broken' || (state === 'closed' && host.didNotOpen)
  const isOurs = host.owner === 'this process' && host.problem?.name !== 'key-file-damaged'
  return isShut && isOurs && existsSync(packetFile(host.dir))
}

export async function readDowntimeHere(host: HostState, input: unknown, { door }: Caller): Promise<Reply> {
  const { opener } = parseInput(bootstrapProcedures.readDowntime, input)
  if (!offersDowntime(host)) throw new AppError('CONFLICT', { state: host.state() })
  return { ok: true, value: await readDowntime(host.real, host.throttle, opener, door) }
}
