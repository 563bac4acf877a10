// Words for what can be wrong with a place or a file; a code of a later version is told as an inner fault.
import type { ApiError } from '#renderer/api/client.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { backupFaults, targetProblems } from '#shared/backup-faults.ts'
import { backupsTexts } from './i18n.ts'

const placeProblems = [...targetProblems, 'busy', 'no-backup'] as const

function oneOf<T extends string>(list: readonly T[], value: unknown): T | undefined {
  return list.find((each) => each === value)
}

export function useBackupWords() {
  const t = useTexts(backupsTexts)
  const problem = (code: string | null): string => {
    const fault = oneOf(backupFaults, code)
    if (fault) return t(`fault.${fault}`)
    return t(`problem.${oneOf(placeProblems, code) ?? 'internal'}`)
  }
  return {
    t,
    problem,
    error: (error: ApiError): string => {
      const { target, backup } = error.details
      if (typeof target === 'string') return problem(target)
      if (typeof backup === 'string') return problem(backup)
      return errorText(error)
    },
  }
}
