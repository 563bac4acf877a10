// Shows the stored body of a note, node by node, as plain React text. No editor, no HTML: what is not on the closed
// list is not drawn.
import type { ReactNode } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { EmptyState } from '#ui/States.tsx'
import { type NoteDocument, plainTextOf, sections } from '../shared/document.ts'
import { notesTexts } from './i18n.ts'
import type { Section } from './note-schema.ts'

interface AnyNode {
  readonly type?: string
  readonly attrs?: Record<string, unknown> | undefined
  readonly content?: readonly unknown[] | undefined
  readonly text?: string
  readonly marks?: readonly { readonly type: string }[]
}

export interface NoteBodyProps {
  readonly body: NoteDocument
  /** Level of the section headings under the heading that stands above. */
  readonly headingLevel?: 3 | 4
}

export function NoteBody({ body, headingLevel = 3 }: NoteBodyProps) {
  const t = useTexts(notesTexts)
  const sectionName = (section: Section) => t(`section.${section}`)
  if (plainTextOf(body) === '') return <EmptyState small title={t('signed.empty')} />
  const drawing = { sectionName, headingLevel }
  return (
    <div className="note-body">{body.content.map((block, n) => drawBlock(block as AnyNode, n, drawing))}</div>
  )
}

interface Drawing {
  readonly sectionName: (section: Section) => string
  readonly headingLevel: 3 | 4
}

function drawBlock(node: AnyNode, key: number, drawing: Drawing): ReactNode {
  const children = (node.content ?? []) as readonly AnyNode[]
  const blocks = () => children.map((child, n) => drawBlock(child, n, drawing))
  switch (node.type) {
    case 'sectionHeading': {
      const section = sections.find((s) => s === node.attrs?.['section'])
      const Heading = drawing.headingLevel === 3 ? 'h3' : 'h4'
      return section ? (
        <Heading key={key} className="note-section">
          {drawing.sectionName(section)}
        </Heading>
      ) : null
    }
    case 'paragraph':
      return (
        <p key={key} dir="auto">
          {children.length > 0 ? children.map(drawInline) : <br />}
        </p>
      )
    case 'bulletList':
      return <ul key={key}>{blocks()}</ul>
    case 'orderedList': {
      const start = node.attrs?.['start']
      return (
        <ol key={key} start={typeof start === 'number' ? start : 1}>
          {blocks()}
        </ol>
      )
    }
    case 'listItem':
      return (
        <li key={key} dir="auto">
          {blocks()}
        </li>
      )
    case undefined:
    default:
      return null
  }
}

function drawInline(node: AnyNode, key: number): ReactNode {
  if (node.type === 'hardBreak') return <br key={key} />
  if (node.type !== 'text') return null
  let drawn: ReactNode = node.text
  for (const { type } of node.marks ?? []) drawn = marked(type, drawn)
  return <span key={key}>{drawn}</span>
}

function marked(type: string, inner: ReactNode): ReactNode {
  if (type === 'bold') return <strong>{inner}</strong>
  if (type === 'italic') return <em>{inner}</em>
  if (type === 'underline') return <u>{inner}</u>
  if (type === 'strike') return <s>{inner}</s>
  return inner
}
