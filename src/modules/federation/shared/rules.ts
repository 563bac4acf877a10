// What may be typed in the set-up of the organisation's sign-in; the same in the form and at the door.

const address = /^(https?):\/\/([a-z\d.-]+|\[[a-f\d:]+\])(:\d{1,5})?(\/[\w.~%!$&()*+,;=:@/-]*)?$/

export const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

/** https, or plain http to this very computer; no credentials, query or fragment (OpenID Connect Discovery, 3). */
export function isIssuer(text: string): boolean {
  const [, scheme, host = ''] = address.exec(text) ?? []
  return scheme === 'https' || (scheme === 'http' && isLoopbackName(host))
}

/** One word of visible characters, as in a claim or an id. */
export const isPlainWord = (text: string): boolean => /^[\u0021-\u007e]{1,300}$/.test(text)

/** No control or direction-changing characters. */
export const isPlainText = (text: string): boolean => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)

/**
 * A host name a passkey can be bound to: any that is no address. Passkeys belong to a name for good; an address may be
 * another computer tomorrow, and browsers refuse it (WebAuthn 5.1.3).
 */
export function isHostName(host: string): boolean {
  if (host.startsWith('[') || host.includes(':') || /^[\d.]+$/.test(host)) return false
  return /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/.test(host)
}
