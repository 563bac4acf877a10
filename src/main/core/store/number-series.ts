// Numbers people read aloud: record numbers and the like, one series per workstation so that two never give the same one.
import type { CommandContext } from '../rpc/context.ts'
import { preparedQuery } from './reader.ts'
import { numberSeries } from './tables.ts'

/** Three digits and fewer are taken for ages and room numbers when read out. */
const firstNumber = 1001

const seriesByName = preparedQuery<{ name: string }>()((db, p) =>
  db.selectFrom('number_series').select('next').where('name', '=', p.name),
)
type Series = Pick<CommandContext, 'read' | 'write' | 'writerNumber'>

/** Takes the next number of a series inside the open transaction: a rolled-back act leaves no gap. */
export function nextNumber(ctx: Series, name: string): string {
  // The first workstation counts 1001, 1002; the second B1001, the third C1001.
  return letters(ctx.writerNumber - 1) + String(take(ctx, name, firstNumber))
}

export interface Serial {
  /** `invoice:26-B`; within it the numbers follow one another from 1 without a gap. */
  readonly series: string
  readonly serial: number
  /** `26-B-00017`, as it is printed. */
  readonly number: string
}

/**
 * Numbers the law wants without a gap: a series for each kind of document, year and workstation incarnation (SYNC 2.20
 * mode S). It is taken in the transaction that writes the document, so no number exists without one. A restored file is
 * written to by another incarnation, which counts from 1 under a letter of its own.
 */
export function nextSerial(ctx: Series, kind: string, year: number, prefix = ''): Serial {
  const own = `${prefix}${String(year % 100).padStart(2, '0')}-${letters(ctx.writerNumber - 1) || 'A'}`
  const series = `${kind}:${own}`
  const serial = take(ctx, series, 1)
  return { series, serial, number: `${own}-${String(serial).padStart(5, '0')}` }
}

function take(ctx: Series, name: string, first: number): number {
  const next = ctx.read.get(seriesByName, { name })?.next ?? first
  ctx.write.putLocal(numberSeries, { name, next: next + 1 })
  return next
}

/** 0 is nothing, 1 is B, 25 is Z, 26 is BA. */
function letters(n: number): string {
  return n < 1
    ? ''
    : n < 26
      ? String.fromCharCode(65 + n)
      : letters(Math.floor(n / 26)) + String.fromCharCode(65 + (n % 26))
}
