// Imported originals of a patient: listed by clinical time, shown exactly as they came.
import { inflateRawSync } from 'node:zlib'
import { sql } from 'kysely'
import type { QueryContext } from '#core/rpc/context.ts'
import { preparedQuery } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { Id } from '#shared/ids.ts'
import type { chart } from '../shared/contract.ts'
import type { RowFrom } from './lines.ts'
import { requirePatient } from './patient.ts'
import { lastId } from './queries.ts'

type Procedures = (typeof chart)['procedures']

/** A resource is at most 16 MiB when it is imported; a damaged one must not inflate without end. */
const largestSource = 64 * 2 ** 20

interface Position extends Record<string, string | number | null> {
  patientId: string
  /** Exclusive: everything up to this instant and, within it, this id. */
  at: string
  id: string
  resourceType: string | null
  onlyUnmapped: number
  limit: number
}
const columns = ['id', 'resource_type', 'source_id', 'title', 'clinical_at', 'mapped_id'] as const

export const datedSources = preparedQuery<Position>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(columns)
    .where('patient_id', '=', p.patientId)
    .where('clinical_at', '<=', p.at)
    .where((e) => e.or([e('clinical_at', '<', p.at), e('id', '<', p.id)]))
    .where('voided_at', 'is', null)
    .where(sql<boolean>`(${p.resourceType} is null or resource_type = ${p.resourceType})`)
    .where(sql<boolean>`(${p.onlyUnmapped} = 0 or mapped_id is null)`)
    .orderBy('clinical_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const undatedSources = preparedQuery<Position>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(columns)
    .where('patient_id', '=', p.patientId)
    .where('clinical_at', 'is', null)
    .where('id', '<', p.id)
    .where('voided_at', 'is', null)
    .where(sql<boolean>`(${p.resourceType} is null or resource_type = ${p.resourceType})`)
    .where(sql<boolean>`(${p.onlyUnmapped} = 0 or mapped_id is null)`)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const sourceTypes = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(['resource_type', sql<number>`count(*)`.as('count')])
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .groupBy('resource_type')
    .orderBy('resource_type'),
)

export const sourceById = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(['id', 'resource_type', 'content'])
    .where('id', '=', p.id)
    .where(sql<string>`+patient_id`, '=', p.patientId)
    .where('voided_at', 'is', null),
)

export const sourceOfRow = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select('id')
    .where('mapped_id', '=', p.id)
    .where(sql<string>`+patient_id`, '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1),
)

type SourceRow = RowFrom<typeof datedSources>

/** Dated ones newest first, then the undated. The position is the instant (empty for undated) and the id. */
export function sourcesPage(
  { read }: QueryContext,
  input: InputOf<Procedures['sources']>,
): OutputOf<Procedures['sources']> {
  const { patientId, limit } = input
  requirePatient(read, patientId)
  const from = positionOf(input.cursor)
  const filter = {
    patientId,
    resourceType: input.resourceType,
    onlyUnmapped: input.onlyUnmapped ? 1 : 0,
  }
  const rows: SourceRow[] =
    from.at === '' ? [] : read.all(datedSources, { ...filter, at: from.at, id: from.id, limit: limit + 1 })
  if (rows.length <= limit) {
    const id = from.at === '' ? from.id : lastId
    rows.push(...read.all(undatedSources, { ...filter, at: '', id, limit: limit + 1 - rows.length }))
  }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((r) => ({
      id: r.id,
      resourceType: r.resource_type,
      sourceId: r.source_id,
      title: r.title,
      at: r.clinical_at,
      mapped: r.mapped_id !== null,
    })),
    next: rows.length > limit && last ? cursorOf(last) : null,
    types: read
      .all(sourceTypes, { patientId })
      .map((t) => ({ resourceType: t.resource_type, count: t.count })),
  }
}

export function sourceInFull(
  { read }: QueryContext,
  { patientId, id }: InputOf<Procedures['source']>,
): OutputOf<Procedures['source']> {
  const row = read.get(sourceById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  const json = inflateRawSync(row.content, { maxOutputLength: largestSource }).toString('utf8')
  return { id: row.id, resourceType: row.resource_type, json }
}

const cursorOf = (row: SourceRow) =>
  Buffer.from(`${row.clinical_at ?? ''}|${row.id}`, 'utf8').toString('base64url')

function positionOf(cursor: string | null): { at: string; id: string } {
  if (cursor === null) return { at: '~', id: lastId }
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  const bar = text.indexOf('|')
  const id = text.slice(bar + 1)
  if (bar < 0 || bar > 40 || !Id.safeParse(id).success)
    throw new AppError('INVALID_INPUT', { path: 'cursor' })
  return { at: text.slice(0, bar), id }
}
