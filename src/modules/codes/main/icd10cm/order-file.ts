// The order file of ICD-10-CM as CMS and NCHS publish it every year: one code a line, in fixed columns. A line that is
// none says so with its number; nothing is guessed.

export interface CodeEntry {
  /** Without a dot, upper case: "E119". */
  readonly code: string
  readonly billable: boolean
  readonly title: string
}

export const orderLimits = {
  bytes: 40 * 1024 * 1024,
  lineLength: 600,
  rows: 250_000,
  /** Fewer are no edition of ICD-10-CM but a part of one, or another file. */
  fewestRows: 20_000,
} as const

export type OrderFault =
  | 'NOT_TEXT'
  | 'LINE_TOO_LONG'
  | 'WRONG_COLUMNS'
  | 'NO_CODE'
  | 'NO_TITLE'
  | 'SAME_CODE_TWICE'
  | 'TOO_MANY_ROWS'
  | 'TOO_FEW_ROWS'
  | 'TOO_LARGE'

export class OrderFileError extends Error {
  readonly fault: OrderFault
  readonly line: number
  constructor(fault: OrderFault, line: number) {
    super(`order file: ${fault} in line ${line}`)
    this.name = 'OrderFileError'
    this.fault = fault
    this.line = line
  }
}

// Columns of the order file: number 1-5, code 7-13, billable 15, short title 17-76, long title from 78 on.
const columns = /^\d{5} ([A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}) *$/

export function* orderEntries(lines: Iterable<string>): Generator<CodeEntry> {
  const seen = new Set<string>()
  let number = 0
  for (const line of lines) {
    number += 1
    const entry = orderEntry(line, number)
    if (seen.has(entry.code)) throw new OrderFileError('SAME_CODE_TWICE', number)
    if (seen.size >= orderLimits.rows) throw new OrderFileError('TOO_MANY_ROWS', number)
    seen.add(entry.code)
    yield entry
  }
  if (seen.size < orderLimits.fewestRows) throw new OrderFileError('TOO_FEW_ROWS', number)
}

function orderEntry(line: string, number: number): CodeEntry {
  if (line.length > orderLimits.lineLength) throw new OrderFileError('LINE_TOO_LONG', number)
  // oxlint-disable-next-line no-control-regex -- control characters and undecodable bytes are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/.test(line))
    throw new OrderFileError('NOT_TEXT', number)
  const flag = line[14]
  if (!/^\d{5} /.test(line) || (flag !== '0' && flag !== '1') || line[13] !== ' ' || line[15] !== ' ')
    throw new OrderFileError('WRONG_COLUMNS', number)
  const code = columns.exec(line.slice(0, 13))?.[1]
  if (code === undefined) throw new OrderFileError('NO_CODE', number)
  const title = (line.slice(77).trim() || line.slice(16, 76).trim()).replaceAll(/\s+/g, ' ')
  if (title === '') throw new OrderFileError('NO_TITLE', number)
  return { code, billable: flag === '1', title }
}

/** "E119" as people read it: "E11.9". */
export const dotted = (code: string): string =>
  code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code
export const undotted = (code: string): string => code.replace('.', '').toUpperCase()
