// The searches as screens ask them.
import type { OpenCatalogue } from '#core/catalogue/definition.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { type codes, icd10cmSystem, noteKinds, substanceKinds } from '../shared/contract.ts'
import { problemCatalogue } from './current.ts'
import { dotted, undotted } from './icd10cm/order-file.ts'
import { notesOfCode, problemByCode, type ProblemRow } from './icd10cm/queries.ts'
import { searchProblems as find } from './icd10cm/search.ts'
import { substances } from './substances/catalogue.ts'
import { searchSubstances as findSubstances } from './substances/search.ts'
import { codesUsedMost } from './use.ts'

type Procedures = (typeof codes)['procedures']

export function searchProblems(
  services: Services,
  { read, actor }: QueryContext,
  { text, limit }: InputOf<Procedures['searchProblems']>,
): OutputOf<Procedures['searchProblems']> {
  const catalogue = problemCatalogue(services, read)
  const used = codesUsedMost(read, 'problem', actor.userId)
  const above = headingsIn(catalogue)
  const items = find(catalogue, text, limit, used).map((row) => ({ ...rowToHit(above, row), by: row.by }))
  return { items, edition: catalogue.edition.edition }
}

export function problem(
  services: Services,
  { read }: QueryContext,
  input: InputOf<Procedures['problem']>,
): OutputOf<Procedures['problem']> {
  const catalogue = problemCatalogue(services, read)
  const code = undotted(input.code)
  const row = catalogue.get(problemByCode, { code })
  if (!row) throw new AppError('NOT_FOUND')
  const notes = catalogue
    .all(notesOfCode, { code })
    .flatMap(({ kind, text }) => noteKinds.filter((k) => k === kind).map((k) => ({ kind: k, text })))
  return { ...rowToHit(headingsIn(catalogue), row), notes }
}

interface Heading {
  readonly code: string
  readonly display: string
}
type Headings = (parent: string | null) => readonly Heading[]

/** Hits of one search share most of their headings: each is read once. */
function headingsIn(catalogue: OpenCatalogue): Headings {
  const known = new Map<string, readonly Heading[]>()
  const above: Headings = (parent) => {
    if (parent === null) return []
    let found = known.get(parent)
    if (!found) {
      const row = catalogue.get(problemByCode, { code: parent })
      found = row ? [...above(row.parent), { code: dotted(row.code), display: row.title }] : []
      known.set(parent, found)
    }
    return found
  }
  return above
}

function rowToHit(above: Headings, row: ProblemRow) {
  return {
    system: icd10cmSystem,
    code: dotted(row.code),
    display: row.title,
    billable: row.billable === 1,
    parents: [...above(row.parent)],
  }
}

export function searchSubstances(
  services: Services,
  { read, actor }: QueryContext,
  { text, limit }: InputOf<Procedures['searchSubstances']>,
): OutputOf<Procedures['searchSubstances']> {
  const catalogue = services.catalogues.open(substances)
  const used = codesUsedMost(read, 'substance', actor.userId)
  const items = findSubstances(catalogue, text, limit, used).map((row) => ({
    system: row.system,
    code: row.code,
    display: row.name,
    category: substanceKinds.find((kind) => kind === row.category) ?? null,
    via: row.via,
    by: row.by,
  }))
  return { items }
}
