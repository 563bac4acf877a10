// From marked items to every row that would tell of them: a visit's notes and results, a note's addenda, a report's values,
// the script a medicine is on, the original a row was made from.
import type { Reader } from '#core/store/reader.ts'
import { linkedRows, wholesOf } from './marks-queries.ts'

/** Links reach over so many steps (visit, report, value, original); a circle ends by itself. */
const mostSteps = 5

export function hiddenRows(
  read: Reader,
  patient: string,
  marked: readonly { readonly target_id: string }[],
  viewer: string | null,
): Set<string> {
  const hidden = new Set(marked.map((label) => label.target_id))
  let fresh = [...hidden]
  for (let step = 0; step < mostSteps && fresh.length > 0; step++) {
    const ids = JSON.stringify(fresh)
    const found = [
      ...read
        .all(linkedRows, { patient, ids })
        .flatMap((row) => (row.author !== null && row.author === viewer ? [] : row.id)),
      ...read.all(wholesOf, { patient, ids }).map((row) => row.id),
    ]
    fresh = [...new Set(found)].filter((id) => !hidden.has(id))
    for (const id of fresh) hidden.add(id)
  }
  return hidden
}
