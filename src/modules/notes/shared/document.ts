// The closed shape of a visit note: a ProseMirror document of headings, paragraphs, lists and marks. Never HTML.
import * as z from 'zod'

/** SOAP headings; `plain` notes (addenda) have none. */
export const sections = ['subjective', 'objective', 'assessment', 'plan'] as const

const limits = { textLength: 20_000, children: 2_000, depth: 12, bytes: 200_000 } as const

const Mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({ type: z.literal('underline') }),
  z.strictObject({ type: z.literal('strike') }),
])
const Text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1).max(limits.textLength),
  marks: z.array(Mark).max(4).optional(),
})
const HardBreak = z.strictObject({ type: z.literal('hardBreak'), marks: z.array(Mark).max(4).optional() })
const Inline = z.discriminatedUnion('type', [Text, HardBreak])
const Paragraph = z.strictObject({
  type: z.literal('paragraph'),
  attrs: z.strictObject({}).optional(),
  content: z.array(Inline).max(limits.children).optional(),
})
/** A section heading carries its key, so that it is shown in the reader's language. */
const Heading = z.strictObject({
  type: z.literal('sectionHeading'),
  attrs: z.strictObject({ section: z.enum(sections) }),
})

export interface NoteBlock {
  type: string
  attrs?: Record<string, unknown> | undefined
  content?: unknown[] | undefined
}

const Block: z.ZodType<NoteBlock> = z.lazy(() => z.union([Paragraph, Heading, BulletList, OrderedList]))
const ListItem = z.strictObject({
  type: z.literal('listItem'),
  content: z.array(Block).min(1).max(limits.children),
})
const BulletList = z.strictObject({
  type: z.literal('bulletList'),
  content: z.array(ListItem).min(1).max(limits.children),
})
const OrderedList = z.strictObject({
  type: z.literal('orderedList'),
  attrs: z
    .strictObject({ start: z.number().int().min(0).max(100_000).optional(), type: z.null().optional() })
    .optional(),
  content: z.array(ListItem).min(1).max(limits.children),
})

/** At most 200 KB of JSON and 12 levels (SECURITY section 5, notes). */
export const NoteDocument = z
  .strictObject({ type: z.literal('doc'), content: z.array(Block).max(limits.children) })
  .refine((doc) => depthOf(doc) <= limits.depth, { error: 'nested too deeply' })
  .refine((doc) => JSON.stringify(doc).length <= limits.bytes, { error: 'note too long' })
export type NoteDocument = z.infer<typeof NoteDocument>

/** What a new visit note starts from: the four headings, each followed by an empty line. */
export function emptyVisitNote(): NoteDocument {
  return {
    type: 'doc',
    content: sections.flatMap((section) => [
      { type: 'sectionHeading', attrs: { section } },
      { type: 'paragraph' },
    ]),
  }
}

/** Plain text of a note, a line per block, for comparing and counting; headings are left out. */
export function plainTextOf(node: unknown): string {
  const lines: string[] = []
  collect(node, lines)
  return lines.join('\n').trim()
}

function collect(node: unknown, lines: string[]): void {
  if (typeof node !== 'object' || node === null) return
  const { type, text, content } = node as { type?: string; text?: string; content?: unknown[] }
  if (type === 'text') lines[lines.length - 1] = `${lines.at(-1) ?? ''}${text ?? ''}`
  else if (type === 'hardBreak') lines.push('')
  else if (type === 'paragraph') lines.push('')
  for (const child of content ?? []) collect(child, lines)
}

function depthOf(node: { content?: unknown[] | undefined }): number {
  let deepest = 0
  for (const child of node.content ?? []) {
    if (typeof child === 'object' && child !== null) deepest = Math.max(deepest, depthOf(child as NoteBlock))
  }
  return deepest + 1
}
