// The clinic's own rules about access, as they hold now.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf, readSetting, setting, writeSetting } from '#modules/clinic/main/api.ts'
import { AccessPolicy } from '../shared/policy.ts'

/** On from the first day: a clinic that does not want it says so, audited. */
const accessPolicy = setting('access.policy', AccessPolicy, {
  askReason: true,
  watchNight: true,
  nightFrom: 22,
  nightTo: 6,
})

export const getPolicy = ({ read }: QueryContext): AccessPolicy => readSetting(read, accessPolicy)

/** In the demo nobody is asked: there is no patient to protect, and a question without a point teaches to type nonsense. */
export function policyOf(
  read: Reader,
): AccessPolicy & { readonly isDemo: boolean; readonly timeZone: string } {
  const { isDemo, timeZone } = clinicOf(read)
  const policy = readSetting(read, accessPolicy)
  const off = isDemo ? { askReason: false, watchNight: false } : {}
  return { ...policy, ...off, isDemo, timeZone }
}

export function savePolicy(ctx: CommandContext, input: AccessPolicy): AccessPolicy {
  writeSetting(ctx, accessPolicy, input)
  return getPolicy(ctx)
}
