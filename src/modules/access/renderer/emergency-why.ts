// The reason of an emergency access in words, for whoever reviews it.
import { useTexts } from '#renderer/i18n/define.ts'
import { emergencyReasons } from '../shared/emergency.ts'
import { accessTexts } from './i18n.ts'

export function useEmergencyWhy(): (code: string) => string {
  const t = useTexts(accessTexts)
  return (code) => {
    const known = emergencyReasons.find((reason) => reason === code)
    return known ? t(`emergency.code.${known}`) : code
  }
}
