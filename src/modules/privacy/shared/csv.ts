// Rows for a spreadsheet: what would start a formula there is made plain text (SECURITY PAR-05).

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = value.replaceAll(/[\r\n\t]+/g, ' ')
  return quoted(/^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/.test(plain) ? `'${plain}` : plain)
}

/** With a mark that tells spreadsheets that it is UTF-8. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
