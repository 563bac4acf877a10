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
  const items = find(catalogue, text, limit, used).map((row) => ({ ...rowToHit(catalogue, row), by: row.by }))
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
  return { ...rowToHit(catalogue, row), notes }
}

function rowToHit(catalogue: OpenCatalogue, row: ProblemRow) {
  const parents: { code: string; display: string }[] = []
  for (let next = row.parent; next !== null; ) {
    const above = catalogue.get(problemByCode, { code: next })
    if (!above) break
    parents.unshift({ code: dotted(above.code), display: above.title })
    next = above.parent
  }
  return {
    system: icd10cmSystem,
    code: dotted(row.code),
    display: row.title,
    billable: row.billable === 1,
    parents,
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
