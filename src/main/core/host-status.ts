// What every screen before a clinic is open goes by.
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { passwordLimits } from '#shared/password-rules.ts'
import { offersDowntime } from './host-downtime.ts'
import type { HostState } from './host-state.ts'
import type { Reader } from './store/reader.ts'

export function statusOf(host: HostState): BootstrapStatus {
  const open = host.opened
  const identity = open ? open.clinic.read(clinicIdentity) : null
  const passwordOnly = open
    ? open.clinic.services.slots.warnings().includes('password-only')
    : host.passwordOnly
  return {
    state: host.state(),
    clinicName: identity?.name ?? null,
    isDemo: open?.isDemo ?? false,
    passwordOnly,
    minimumPassword: passwordOnly ? passwordLimits.minimumPasswordOnly : passwordLimits.minimum,
    problem: open ? null : (host.problem?.name ?? null),
    problemValue: open ? null : (host.problem?.value ?? null),
    keychain: open ? null : (host.problem?.keychain ?? null),
    kitId: open ? (open.kit.current()?.id ?? null) : host.kitId,
    kitFor: host.gate?.why ?? null,
    downtime: offersDowntime(host),
    step: host.step,
  }
}

const clinicIdentity = (read: Reader) =>
  read.list((db) => db.selectFrom('clinic').select(['name']).where('voided_at', 'is', null).limit(1))[0] ??
  null
