// The wrong-patient guard (B6): a window is bound to one patient at a time, and an act carries the patient of the page
// it was begun on. The clinic checks again; this stops a late click, a stale dialog or two charts on one screen.
import { useCallback, useLayoutEffect } from 'react'
import { ApiError } from '#renderer/api/client.ts'

let bound: { patientId: string; holders: number } | null = null

/** The patient this window is bound to at this moment. */
export const boundPatient = (): string | null => bound?.patientId ?? null

export interface PatientContext {
  readonly patientId: string
  /**
   * Call it before writing with the patient the dialog or form was opened for. Throws WRONG_PATIENT when the window
   * shows somebody else by now; returns the id to send.
   */
  readonly forWrite: (openedFor?: string) => string
}

/**
 * Binds the window to a patient while the page is mounted. Give the page `key={patientId}` as well, so that no state
 * of one patient's page is ever shown on the next one's.
 */
export function usePatientContext(patientId: string): PatientContext {
  useLayoutEffect(() => {
    if (bound && bound.patientId !== patientId) throw wrongPatient()
    bound = { patientId, holders: (bound?.holders ?? 0) + 1 }
    return () => {
      if (bound) bound = bound.holders > 1 ? { ...bound, holders: bound.holders - 1 } : null
    }
  }, [patientId])
  const forWrite = useCallback(
    (openedFor: string = patientId) => {
      if (openedFor !== patientId || boundPatient() !== patientId) throw wrongPatient()
      return patientId
    },
    [patientId],
  )
  return { patientId, forWrite }
}

const wrongPatient = () => new ApiError('WRONG_PATIENT', {}, '')
