// How urgently somebody waits, by colour; the word always stands on it.
import type { Tone } from '#ui/Marks.tsx'
import type { urgencies } from '#modules/scheduling/shared/contract.ts'

export const urgencyTone: Record<(typeof urgencies)[number], Tone> = {
  asap: 'bad',
  soon: 'warn',
  routine: 'neutral',
}
