// Ids made from what a row is about, so that the same thing cannot be written twice: not by two runs, not by two
// computers. They are UUIDv7 in form and in order: the instant is the visit's, the rest a digest of the key.
import { createHash } from 'node:crypto'
import { formatUuidV7 } from '#shared/ids.ts'

function idOf(atMs: number, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest()
  return formatUuidV7(atMs, digest.subarray(0, 10))
}

export function sendIdOf(appointmentId: string, startAt: string, channel: string, lead: number): string {
  return idOf(Date.parse(startAt), 'reminder', appointmentId, startAt, channel, String(lead))
}

/** In the order of the patient's own id. */
export function consentIdOf(patientId: string, channel: string): string {
  return idOf(
    Number.parseInt(patientId.slice(0, 8) + patientId.slice(9, 13), 16),
    'consent',
    patientId,
    channel,
  )
}

/** Same key, same try by hand: same Message-ID, so that a mail server or program can drop a double (RFC 5322, 3.6.4). */
export function messageIdOf(sendId: string, resends: number, fromAddress: string): string {
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1)
  return `<${sendId}.${resends}@${/^[A-Za-z0-9.-]+$/.test(domain) ? domain : 'osler.invalid'}>`
}
