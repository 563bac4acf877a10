// Indents JSON as text, without reading it into values: digits, order and doubled keys stay exactly as they came.

export function indentJson(json: string): string {
  let out = ''
  let depth = 0
  let at = 0
  const newLine = () => `\n${'  '.repeat(depth)}`
  while (at < json.length) {
    const char = json[at] ?? ''
    if (char === '"') {
      const end = stringEnd(json, at)
      out += json.slice(at, end)
      at = end
      continue
    }
    at++
    if (/\s/.test(char)) continue
    if (char === '{' || char === '[') {
      const rest = /\s*/y
      rest.lastIndex = at
      rest.exec(json)
      const close = json[rest.lastIndex]
      if (close === '}' || close === ']') {
        out += char + close
        at = rest.lastIndex + 1
      } else {
        depth++
        out += char + newLine()
      }
    } else if (char === '}' || char === ']') {
      depth = Math.max(0, depth - 1)
      out += newLine() + char
    } else if (char === ',') out += char + newLine()
    else if (char === ':') out += ': '
    else out += char
  }
  return out
}

/** Position behind the closing quote; the end of the text where there is none. */
function stringEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++
    else if (json[at] === '"') return at + 1
  }
  return json.length
}
