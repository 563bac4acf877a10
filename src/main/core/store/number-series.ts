// Numbers people read aloud: record numbers and the like, one series per workstation so that two never give the same one.
import type { CommandContext } from '../rpc/context.ts'
import { preparedQuery, type Reader } from './reader.ts'
import { numberSeries } from './tables.ts'

/** Three digits and fewer are taken for ages and room numbers when read out. */
const firstNumber = 1001

const seriesByName = preparedQuery<{ name: string }>()((db, p) =>
  db.selectFrom('number_series').select('next').where('name', '=', p.name),
)
/** The audit log is this workstation's own chain, so its entries carry this workstation's writer number. */
const ownWriter = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('audit_log').select('writer').orderBy('seq', 'desc').limit(1),
)

/** Takes the next number of a series inside the open transaction: a rolled-back act leaves no gap. */
export function nextNumber(ctx: Pick<CommandContext, 'read' | 'write'>, name: string): string {
  const next = ctx.read.get(seriesByName, { name })?.next ?? firstNumber
  ctx.write.putLocal(numberSeries, { name, next: next + 1 })
  return seriesPrefix(ctx.read) + String(next)
}

/** The first workstation counts 1001, 1002; the second B1001, the third C1001. */
function seriesPrefix(read: Reader): string {
  return letters((read.get(ownWriter, {})?.writer ?? 1) - 1)
}

function letters(n: number): string {
  return n < 1
    ? ''
    : n < 26
      ? String.fromCharCode(65 + n)
      : letters(Math.floor(n / 26)) + String.fromCharCode(65 + (n % 26))
}
