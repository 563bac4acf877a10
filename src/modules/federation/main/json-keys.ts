// JSON from outside with one name twice means one thing to one reader and another to the next: it is refused.
// The text has been parsed before, so it is known to be JSON.

export function hasDuplicateKeys(json: string): boolean {
  const open: (Set<string> | null)[] = []
  let i = 0
  let isName = false
  while (i < json.length) {
    const char = json[i]
    if (char === '"') {
      const end = endOfString(json, i)
      if (isName) {
        const keys = open.at(-1)
        const name = JSON.parse(json.slice(i, end)) as string
        if (keys?.has(name)) return true
        keys?.add(name)
        isName = false
      }
      i = end
      continue
    }
    if (char === '{') {
      open.push(new Set())
      isName = true
    } else if (char === '[') open.push(null)
    else if (char === '}' || char === ']') {
      open.pop()
      isName = false
    } else if (char === ',') isName = open.at(-1) instanceof Set
    i += 1
  }
  return false
}

/** The place behind the closing quote. */
function endOfString(json: string, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === '\\') i += 1
    else if (json[i] === '"') return i + 1
  }
  return json.length
}
