// Which addresses of the sign-in service the program asks or opens.
import { isLoopbackName } from '../shared/rules.ts'

/** https, or http on this computer where the issuer is there as well. */
export function isSafeAddress(text: string, issuer: string): boolean {
  const [url, home] = [URL.parse(text), URL.parse(issuer)]
  if (!url || !home || url.username !== '' || url.password !== '' || url.hash !== '') return false
  if (url.protocol === 'https:') return true
  const isLocal = home.protocol === 'http:' && isLoopbackName(home.hostname)
  return isLocal && url.protocol === 'http:' && url.hostname === home.hostname
}
