// Words that the screens of the trail share: acts, doors, roles, categories.
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { isRole } from '#shared/permissions.ts'
import { categories, doors, outcomes } from '../shared/contract.ts'
import { actionText } from '../shared/action-text.ts'
import type { actionParts } from '../shared/action-words.ts'
import { actionTexts, auditTexts } from './i18n.ts'

const isOf = <V extends string>(list: readonly V[], value: string): value is V =>
  (list as readonly string[]).includes(value)
const deviceNames = ['computer', 'browser', 'command-line', 'automatic'] as const

export function useAuditWords() {
  const t = useTexts(auditTexts)
  const acts = useTexts(actionTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  return {
    t,
    f,
    common,
    action: (action: string): string => actionText((key, values) => acts(key, values), action),
    thing: (thing: Parameters<typeof thingKey>[0]): string => acts(thingKey(thing)),
    role: (role: string | null): string => (role !== null && isRole(role) ? common(`role.${role}`) : ''),
    door: (door: string): string => (isOf(doors, door) ? t(`door.${door}`) : door),
    outcome: (outcome: string): string => (isOf(outcomes, outcome) ? t(`outcome.${outcome}`) : outcome),
    category: (category: string): string =>
      isOf(categories, category) ? t(`category.${category}`) : category,
    device: (device: string): string => (isOf(deviceNames, device) ? t(`device.${device}`) : device),
  }
}

const thingKey = (thing: NonNullable<ReturnType<typeof actionParts>['thing']>) => `thing.${thing}` as const
