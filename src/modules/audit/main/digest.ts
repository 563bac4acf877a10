// A line that fits on paper and in a code, and pins where the trail stood that day: anchor and memory outside of every
// computer (AUD-05). Four words at the end catch a mistyped character.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuditDesk } from '#core/store/audit-desk.ts'
import { isLocalDate } from '#shared/time.ts'
import type { digestVerdicts } from '../shared/contract.ts'

const words =
  'acid aged army away baby ball bank barn bell bird boat bone book cake calm camp card cave clay coal coat corn crow dawn deer desk door dove drum dust face farm fern fire fish flag foam fork frog gate glue goat gold hand harp hill horn iron jazz kite lake lamp leaf lime lion loaf mask milk moon moss nest oven palm pear'
    .split(' ')
    .slice(0, 64)

export interface Digest {
  readonly clinic: string
  readonly date: string
  /** Entries of that day. */
  readonly entries: number
  readonly seq: number
  /** First half of the MAC of entry `seq`, hex. */
  readonly mac: string
}

const bodyOf = (d: Digest) => `OSLER-DIGEST ${d.clinic} ${d.date} ${d.entries} ${d.seq} ${d.mac}`

export function checkWords(digest: Digest): string {
  const hash = createHash('sha256').update(bodyOf(digest)).digest()
  return [0, 1, 2, 3].map((n) => words[(hash[n] ?? 0) & 63] ?? '').join('-')
}

export const digestText = (digest: Digest): string => `${bodyOf(digest)} ${checkWords(digest)}`

/** As scanned, or as somebody typed it: blanks, breaks and capitals do not matter. `null` where it is mistyped. */
export function parseDigest(text: string): Digest | null {
  const found =
    /^osler-digest ([0-9a-f]{8}) (\d{4}-\d\d-\d\d) (\d{1,9}) (\d{1,12}) ([0-9a-f]{32}) ([a-z]+(?:[- ][a-z]+){3})$/.exec(
      text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim(),
    )
  if (!found) return null
  const [, clinic = '', date = '', entries = '', seq = '', mac = '', check = ''] = found
  const digest = { clinic, date, entries: Number(entries), seq: Number(seq), mac }
  const isTyped = check.replaceAll(' ', '-') === checkWords(digest)
  return isTyped && isLocalDate(date) ? digest : null
}

export function judgeDigest(
  desk: Pick<AuditDesk, 'macAt' | 'clinicMark'>,
  text: string,
): { readonly verdict: (typeof digestVerdicts)[number]; readonly digest: Digest | null } {
  const digest = parseDigest(text)
  if (!digest) return { verdict: 'mistyped', digest: null }
  if (digest.clinic !== desk.clinicMark) return { verdict: 'not-this-clinic', digest }
  const mac = desk.macAt(digest.seq)
  if (!mac) return { verdict: 'behind', digest }
  const same = timingSafeEqual(Buffer.from(mac.subarray(0, 16)), Buffer.from(digest.mac, 'hex'))
  return { verdict: same ? 'holds' : 'other', digest }
}
