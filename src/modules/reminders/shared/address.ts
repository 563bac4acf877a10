// Addresses and hosts of mail as Osler accepts them: narrow on purpose, since they end up in protocol lines.

const atom = String.raw`[^\s@<>(),;:\\"\[\]\p{Cc}]`
const mailPattern = new RegExp(`^${atom}{1,64}@${atom}+\\.${atom}{2,}$`, 'u')

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && mailPattern.test(text) && !text.includes('..')
}

/** Only there may a password or a patient's name travel unencrypted: it never leaves the computer. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/** A name or an address, no scheme, no port, no blanks. */
export function isHostName(text: string): boolean {
  return /^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$|^[0-9a-fA-F:]+$/u.test(
    text,
  )
}
