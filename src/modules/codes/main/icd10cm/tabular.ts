// Notes of the tabular list: other names of a code, and what may not be coded with it. A scanner for the one bundled
// XML file, which has no attributes that matter here, no comments and no CDATA; not a general XML reader.

import { noteKinds } from '#modules/codes/shared/contract.ts'

export type NoteKind = (typeof noteKinds)[number]

export interface CodeNote {
  readonly kind: NoteKind
  readonly text: string
}

const isNoteKind = (name: string): name is NoteKind => (noteKinds as readonly string[]).includes(name)

/** In the order of the list; codes without their dot. */
export function* tabularNotes(xml: string): Generator<[code: string, note: CodeNote]> {
  const codes: string[] = []
  let kind: NoteKind | null = null
  for (const [, closing, name = '', text = ''] of xml.matchAll(/<(\/?)([A-Za-z0-9]+)[^>]*>([^<]*)/g)) {
    if (name === 'diag') {
      if (closing) codes.pop()
      else codes.push('')
    } else if (name === 'name' && !closing && codes.at(-1) === '') {
      codes[codes.length - 1] = text.trim().replace('.', '')
    } else if (isNoteKind(name)) {
      kind = closing ? null : name
    } else if (name === 'note' && !closing && kind) {
      const code = codes.at(-1)
      if (code) yield [code, { kind, text: plain(text) }]
    }
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(text: string): string {
  return text
    .replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s+/g, ' ')
    .trim()
}
