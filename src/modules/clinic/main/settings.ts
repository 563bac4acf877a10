// Policies of the clinic that other modules keep: one named value each, checked when it is read and when it is written.
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { formatUuidV7 } from '#shared/ids.ts'
import { clinicSetting } from './tables.ts'

export interface Setting<S extends z.ZodType> {
  /** Dotted and stable: `sessions.limits`. */
  readonly name: string
  readonly schema: S
  /** What holds until somebody changes it. */
  readonly fallback: z.infer<S>
}

export const setting = <S extends z.ZodType>(
  name: string,
  schema: S,
  fallback: NoInfer<z.infer<S>>,
): Setting<S> => ({
  name,
  schema,
  fallback,
})

const byId = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('clinic_setting').select(['value']).where('id', '=', p.id).where('voided_at', 'is', null),
)

/** The same on every computer, so that two cannot write two rows of one name. */
const idOf = (name: string): string =>
  formatUuidV7(0, createHash('sha256').update(`clinic-setting\0${name}`).digest().subarray(0, 10))

/** A value that a later version wrote in another form counts as not set. */
export function readSetting<S extends z.ZodType>(read: Reader, of: Setting<S>): z.infer<S> {
  const row = read.get(byId, { id: idOf(of.name) })
  if (!row) return of.fallback
  const parsed = of.schema.safeParse(JSON.parse(row.value))
  return parsed.success ? parsed.data : of.fallback
}

export function writeSetting<S extends z.ZodType>(
  ctx: CommandContext,
  of: Setting<S>,
  value: z.infer<S>,
): void {
  const id = idOf(of.name)
  const text = JSON.stringify(of.schema.parse(value))
  if (ctx.read.get(byId, { id })) ctx.write.update(clinicSetting, id, 'any', { value: text })
  else ctx.write.insert(clinicSetting, { id, name: of.name, value: text })
}
