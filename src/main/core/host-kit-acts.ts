// What the host does with a kit: lets it open the records, and has a new one confirmed before anybody works.
import { AppError, type Reply } from '#shared/errors.ts'
import { folderState } from './clinic-folder.ts'
import { kitGate, type KitGate, noteKitUse, secretOf } from './host-kit.ts'
import type { HostState } from './host-state.ts'
import { statusOf } from './host-status.ts'
import { type OpenedClinic, unlockClinicByKit } from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { Caller } from './rpc/door-types.ts'

export function gateOf(host: HostState): KitGate {
  if (!host.gate) throw new AppError('CONFLICT', { state: host.state() })
  return host.gate
}

export async function confirmKit(host: HostState, { typed }: { typed: readonly string[] }): Promise<Reply> {
  await gateOf(host).confirm(typed)
  host.gate = null
  host.throttle.passed()
  return { ok: true, value: { done: true } }
}

/** Opens the records, lets nobody in: a new kit comes first, then people sign in as always. */
export async function unlockKit(host: HostState, typed: string, { door }: Caller): Promise<Reply> {
  if (host.opened) throw new AppError('CONFLICT', { state: host.state() })
  if (folderState(host.real.folder) === 'empty') throw new AppError('CONFLICT', { state: 'none' })
  const secret = secretOf(typed)
  const opened = await host.opening(() => unlockClinicByKit(host.real, secret))
  secret.fill(0)
  if (!opened) {
    host.throttle.failed()
    throw new AppError('WRONG_KIT', { fault: 'other' })
  }
  try {
    openedByKit(host, opened, door)
  } catch (error) {
    await opened.close()
    throw error
  }
  return { ok: true, value: { done: true } }
}

export function openedByKit(host: HostState, opened: OpenedClinic, door: Door): void {
  noteKitUse(opened, host.options.modules, door)
  host.follow(opened)
  host.gate = kitGate(opened, 'kit-used', statusOf(host).clinicName ?? '', door)
}
