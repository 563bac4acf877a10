// Which address may be handed to the operating system to open (ELE-04). Whatever is registered for a scheme would run on
// it, so the answer is one page over https, compared piece by piece, and the address as the parser wrote it.

/** @throws Error unless `url` is the https page `allowed`, with any query and nothing else added. */
export function requireAllowedLink(url: string, allowed: string): string {
  const [wanted, page] = [parsed(url), parsed(allowed)]
  if (!wanted || !page || !isPlainHttps(wanted) || !isPlainHttps(page)) throw new Error('link not allowed')
  if (wanted.origin !== page.origin || wanted.pathname !== page.pathname || wanted.hash !== '')
    throw new Error('link not allowed')
  return wanted.href
}

const isPlainHttps = (url: URL): boolean =>
  url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== ''

/** Control characters, blanks and backslashes mean one thing to this parser and another to a shell. */
function parsed(text: string): URL | null {
  if (text.length > 8192 || /[\p{Cc}\s\\"'<>`{}|^]/u.test(text) || !/^https:\/\/[^/]/.test(text)) return null
  try {
    return new URL(text)
  } catch {
    return null
  }
}
