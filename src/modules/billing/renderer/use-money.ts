// Words and amounts of billing's screens in one hook.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { TenderMethod } from '../shared/accounts.ts'
import { billingTexts } from './i18n.ts'

export function useMoney() {
  const t = useTexts(billingTexts)
  const formats = useFormats()
  return { t, formats, method: (method: TenderMethod) => t(`method.${method}`) }
}
