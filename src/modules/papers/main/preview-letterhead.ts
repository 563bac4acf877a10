// A specimen under a letterhead that is being written: what the admin sees before saving.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { localDateIn } from '#shared/time.ts'
import type { PaperFile, papers } from '../shared/contract.ts'
import { fileOf } from './issue.ts'
import { letterheadOf } from './letterhead.ts'
import { specimenOf } from './specimens.ts'
import { composePaper } from './templates/compose.ts'

export function previewLetterhead(
  services: Services,
  ctx: QueryContext,
  { kind, values }: InputOf<(typeof papers)['procedures']['previewLetterhead']>,
): PaperFile {
  const { country, timeZone, currency } = clinicOf(ctx.read)
  const { logo, rev } = letterheadOf(ctx.read)
  const document = composePaper(
    {
      letterhead: { ...values, logo, rev },
      page: values.settings[kind].page,
      country,
      timeZone,
      now: ctx.now,
      mark: { kind: 'specimen' },
    },
    specimenOf(kind, values.language, currency, localDateIn(timeZone, ctx.nowMs)),
  )
  return fileOf(services, ctx, kind, document)
}
