// What other modules may ask of papers: a report of their own on the clinic's letterhead, as a file for the person at work.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { PaperFile } from '../shared/contract.ts'
import type { PaperLanguage } from '../shared/settings.ts'
import { fileOf } from './issue.ts'
import { letterheadOf } from './letterhead.ts'
import { type PaperBody, type PaperStyle, styleOf } from './templates/paper-style.ts'
import { sheet } from './templates/sheet.ts'

export { letterheadOf } from './letterhead.ts'
export { labelled } from './templates/paper-style.ts'
export { space as paperSpace, text as paperText } from './templates/blocks.ts'
export type { PaperBody, PaperStyle }

/** A report has no copy number: it says what was true at its moment. Drawn later, from exactly what is read here. */
export function reportFile(
  services: Services,
  ctx: QueryContext,
  language: PaperLanguage,
  body: (style: PaperStyle) => PaperBody,
): PaperFile {
  const { country, timeZone } = clinicOf(ctx.read)
  const letterhead = { ...letterheadOf(ctx.read), language }
  const { page } = letterhead.settings['day-sheet']
  const mark = { kind: 'copy', copy: 1 } as const
  const style = styleOf({ letterhead, page, country, timeZone, now: ctx.now, mark })
  return fileOf(services, ctx, 'day-sheet', sheet(style, body(style)))
}
