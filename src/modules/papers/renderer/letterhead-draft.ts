// The letterhead as it is typed: lines in one box, empty boxes for what is not there.
import type { Letterhead, LetterheadValues, PaperLanguage, PaperSettings } from '../shared/settings.ts'

export interface HeadDraft {
  readonly name: string
  readonly below: string
  readonly address: string
  readonly phone: string
  readonly email: string
  readonly registration: string
  readonly taxNumber: string
  readonly bank: string
  readonly footer: string
  readonly language: PaperLanguage
  readonly settings: PaperSettings
}

export function toDraft(head: Letterhead): HeadDraft {
  const [name = '', ...below] = head.nameLines
  return {
    name,
    below: below.join('\n'),
    address: head.address.join('\n'),
    phone: head.phone ?? '',
    email: head.email ?? '',
    registration: head.registration ?? '',
    taxNumber: head.taxNumber ?? '',
    bank: head.bank ?? '',
    footer: head.footer ?? '',
    language: head.language,
    settings: head.settings,
  }
}

export function toValues(draft: HeadDraft): LetterheadValues {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const orNull = (text: string) => text.trim() || null
  return {
    nameLines: [draft.name.trim(), ...lines(draft.below)],
    address: lines(draft.address),
    phone: orNull(draft.phone),
    email: orNull(draft.email),
    registration: orNull(draft.registration),
    taxNumber: orNull(draft.taxNumber),
    bank: orNull(draft.bank),
    footer: orNull(draft.footer),
    language: draft.language,
    settings: draft.settings,
  }
}
