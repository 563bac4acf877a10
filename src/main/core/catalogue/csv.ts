// CSV as RFC 4180 has it, for bundled files: quoted fields, doubled quotes, line ends inside quotes.

export function* csvRecords(text: string): Generator<Readonly<Record<string, string>>> {
  let names: string[] | null = null
  for (const fields of csvFields(text)) {
    if (names === null) names = fields
    else yield Object.fromEntries(names.map((name, n) => [name, fields[n] ?? '']))
  }
}

export function* csvFields(text: string): Generator<string[]> {
  let fields: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const [field, next] = text[at] === '"' ? quoted(text, at) : plain(text, at)
    fields.push(field)
    at = next
    if (text[at] === ',') {
      at += 1
      // A comma at the very end opens one more, empty field.
      if (at < text.length) continue
      fields.push('')
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
    if (fields.length > 1 || fields[0] !== '') yield fields
    fields = []
  }
}

function plain(text: string, from: number): [string, number] {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at += 1
  return [text.slice(from, at), at]
}

function quoted(text: string, from: number): [string, number] {
  let field = ''
  let at = from + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return [field + text.slice(at), text.length]
    field += text.slice(at, end)
    if (text[end + 1] !== '"') return [field, skipToEnd(text, end + 1)]
    field += '"'
    at = end + 2
  }
}

/** Whatever stands between a closing quote and the next comma or line end belongs to no field. */
function skipToEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}
