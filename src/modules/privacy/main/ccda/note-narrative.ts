// A signed note as the narrative of CDA: headings, paragraphs, lists and marks, word for word.
import type { NoteBlock } from '#modules/notes/shared/document.ts'
import { ccdaWords } from '#modules/privacy/shared/ccda-words.ts'
import { type Row, str } from '../fhir/elements.ts'
import { factsOf, lines, placeOf, type Reading, titleOf, whenOf } from './narrative.ts'
import { el, type Element, type Inside } from './xml.ts'

export function noteItem(row: Row, marked: readonly string[], reading: Reading): Element {
  const when = whenOf(row, 'composition', reading)
  return el(
    'item',
    { ID: placeOf(row) },
    el('paragraph', { styleCode: 'Bold' }, titleOf(row, 'composition'), ` (${when})`),
    el('paragraph', {}, factsOf(row, 'composition', marked, reading)),
    blocks(JSON.parse(str(row, 'body') ?? '{}') as NoteBlock, ccdaWords[reading.language].headings),
  )
}

interface Inline {
  readonly type?: string
  readonly text?: string
  readonly marks?: readonly { readonly type: string }[]
}

function blocks(block: NoteBlock, headings: Readonly<Record<string, string>>): Element[] {
  const content = (block.content ?? []) as NoteBlock[]
  switch (block.type) {
    case 'sectionHeading':
      return [el('paragraph', { styleCode: 'Bold' }, headings[String(block.attrs?.section)] ?? '')]
    case 'paragraph':
      return [el('paragraph', {}, (content as Inline[]).map(inline))]
    case 'bulletList':
    case 'orderedList':
      return [
        el(
          'list',
          { listType: block.type === 'orderedList' ? 'ordered' : 'unordered' },
          content.map((item) => el('item', {}, blocks(item, headings))),
        ),
      ]
    default:
      return content.flatMap((inside) => blocks(inside, headings))
  }
}

const styles: Readonly<Record<string, string>> = {
  bold: 'Bold',
  italic: 'Italics',
  underline: 'Underline',
}

/** Words struck out must not read as said: CDA has a mark of its own for what was deleted. */
function inline({ type, text, marks = [] }: Inline): Inside {
  if (type === 'hardBreak') return el('br')
  if (text === undefined) return undefined
  const style = marks.flatMap(({ type: mark }) => styles[mark] ?? []).join(' ')
  const isStruck = marks.some((mark) => mark.type === 'strike')
  if (style === '' && !isStruck) return lines(text)
  return el(
    'content',
    {
      styleCode: style === '' ? undefined : style,
      revised: isStruck ? 'delete' : undefined,
    },
    lines(text),
  )
}
