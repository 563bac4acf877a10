// CSV for spreadsheets: quoted where needed, CRLF, and nothing that a spreadsheet would take for a formula (PAR-05).

type Cell = string | number | null

/** A leading sign that starts a formula gets an apostrophe before it, also behind blanks. */
export function csvCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const isFormula = /^\s*[=+\-@＝＋－＠|%]/u.test(value) || /^[\t\r\n]/.test(value)
  const text = isFormula ? `'${value}` : value
  return /[",;\r\n\t']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`
