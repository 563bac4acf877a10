// The same act sent twice is done once: its first answer is kept under its id and given again.
import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { preparedQuery, type Reader } from '../store/reader.ts'
import { opResult } from '../store/tables.ts'
import type { CommandContext } from './context.ts'
import type { Known } from './known-call.ts'

/** Repeats of an act are recognised for as long as their first result is kept. */
export const opResultDays = 30

const firstResult = preparedQuery<{ op: string }>()((db, p) =>
  db.selectFrom('op_result').select(['user_id', 'procedure', 'digest', 'result']).where('op_id', '=', p.op),
)

export const firstResultOf = (read: Reader, opId: string) => read.get(firstResult, { op: opId })

/** Account answers may hold one-time codes: they are not kept, so a repeat of such an act is told to look first. */
export function rememberResult(ctx: CommandContext, known: Known, output: unknown): void {
  const { procedure, who } = known
  const audit = procedure.def.audit
  if (known.call.opId === undefined || audit === false || audit.quiet) return
  ctx.write.putLocal(opResult, {
    op_id: who.opId,
    user_id: who.actor?.userId ?? '',
    procedure: procedure.name,
    digest: digestOf(known),
    at: ctx.now,
    result: audit.category === 'account' ? '' : JSON.stringify(output),
  })
}

/** One id, one act: another input, person or role under it is refused and never answered with the first result. */
function digestOf({ who, input }: Known): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([who.actor?.role ?? null, input]))
    .digest()
}

export function repeatedResult(
  first: { user_id: string; procedure: string; digest: Uint8Array; result: string },
  known: Known,
): unknown {
  const same =
    first.procedure === known.procedure.name &&
    first.user_id === (known.who.actor?.userId ?? '') &&
    Buffer.from(first.digest).equals(digestOf(known))
  if (!same || first.result === '') throw new AppError('CONFLICT', { repeated: true })
  return JSON.parse(first.result)
}
