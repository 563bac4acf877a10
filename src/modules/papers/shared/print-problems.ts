// Why a paper did not come out, as codes; the words are with the screens.
export const printProblems = [
  'NO_PRINT_SYSTEM',
  'PRINTER_UNKNOWN',
  'PRINTER_STOPPED',
  'REFUSED',
  'LOST',
  'NOT_MADE',
  'INTERRUPTED',
] as const
export type PrintProblem = (typeof printProblems)[number]

export const jobStates = ['queued', 'sent', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]
