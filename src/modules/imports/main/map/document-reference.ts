// DocumentReference: what a document is and where it stands. Its content is never fetched; an embedded one stays in the original.
import { type FhirElement, joined } from '../fhir-element.ts'
import { type Columns, firstCoded, type References } from './row.ts'

export function mapDocumentReference(r: FhirElement, refs: References): Columns<'documentReference'> {
  const attachment = r.many('content')[0]?.one('attachment') ?? null
  const type = r.coded('type')
  const category = firstCoded(r, 'category')
  const description = r.text('description')
  const title = attachment?.line('title') ?? null
  const authors = refs.many(r, 'author')
  const names = authors.flatMap((a) => a.display ?? [])
  const encounter = r.one('context')
  refs.link('encounter_id', encounter ? refs.many(encounter, 'encounter', 'Encounter')[0] : null)
  const display =
    type?.display ?? category?.display ?? title ?? description ?? attachment?.line('contentType') ?? null
  if (display === null) throw r.fault('type')
  return {
    status: r.requiredCode('status', ['current', 'superseded', 'entered-in-error']),
    type_system: type?.system ?? null,
    type_code: type?.code ?? null,
    type_display: display,
    category_display: category?.display ?? null,
    date: r.timeText('date') ?? attachment?.timeText('creation') ?? null,
    description,
    content_type: attachment?.line('contentType', 200) ?? null,
    title,
    url: attachment?.line('url') ?? null,
    size: attachment ? sizeOf(attachment) : null,
    author_display: joined(names) ?? refs.words('author_display', authors[0]),
  }
}

function sizeOf(attachment: FhirElement): number | null {
  const stated = attachment.integer('size')
  if (stated !== null) return stated
  const data = attachment.text('data')
  return data === null ? null : Buffer.byteLength(data, 'base64')
}
