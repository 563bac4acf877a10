// Searching ICD-10-CM as somebody types it, through dispatch, beside hand-written SQL on the same catalogue file that
// reads the same rows: candidates by words or code, short words, and the headings above each hit.
import { globSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3-multiple-ciphers'
import { cataloguePlaces, catalogueReady } from '#testkit/catalogues.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import type { Contest } from './measure.ts'

/** What people type into a box of diagnoses: beginnings, short words, several words, codes. */
const typed =
  'hyp,dia,ast,dep,mig,pne,fract,arthr,neopl,infl,htn,dm2,copd,uti,mi,gerd,chf,ckd,afib,flu,knee pain,pain left knee,type 2 diab kid,open wound arm,fracture rad,acute bronch,e11,E11.9,I10,m54,S52.5,J45.909'.split(
    ',',
  )
const limit = 12
const lookAhead = 4

type Call = (procedure: string, input: unknown) => Promise<unknown>

export async function codesContest(clinic: TestClinic, call: Call): Promise<Contest & { close: () => void }> {
  await catalogueReady(clinic.clinic, 'icd10cm')
  const byHand = handWritten()
  return {
    name: 'code-search',
    perRun: typed.length * 3,
    ours: async (i) => {
      const text = typed[i % typed.length] ?? ''
      return () => call('codes.searchProblems', { text, limit })
    },
    handWritten: (i) => {
      const text = typed[i % typed.length] ?? ''
      return () => byHand.search(text)
    },
    close: byHand.close,
  }
}

interface Row {
  readonly code: string
  readonly title: string
  readonly billable: number
  readonly parent: string | null
}

function handWritten() {
  const [file] = globSync('icd10cm-*.db', { cwd: cataloguePlaces().cache ?? '' })
  const db = new Driver(path.join(cataloguePlaces().cache ?? '', file ?? ''), { readonly: true })
  db.pragma('cache_size=-16384')
  const columns = 'p.n, p.code, p.title, p.billable, p.parent'
  const byWords = db.prepare(
    `select ${columns} from problem_search s cross join problem p where problem_search match ? and p.n = s.rowid limit (? + 0)`,
  )
  const byRange = db.prepare(
    `select ${columns} from problem p where p.code >= ? and p.code < ? order by p.n limit (? + 0)`,
  )
  const byCode = db.prepare(`select ${columns} from problem p where p.code = ?`)
  const shortWord = db.prepare('select words, codes from short_word where term = ?')
  const all = (words: readonly string[]) => words.map((word) => `"${word}" *`).join(' AND ')

  const candidates = (text: string): Row[] => {
    const code = text.toUpperCase().replace('.', '')
    if (/^[A-Z]\d[\dA-Z]{0,5}$/.test(code) && /\d/.test(text))
      return byRange.all(code, `${code}\uffff`, limit) as Row[]
    const short = shortWord.get(text) as { words: string; codes: string } | undefined
    const typedWords = text.split(' ')
    const match = short ? `(${all(typedWords)}) OR (${all(short.words.split(' '))})` : all(typedWords)
    const meant = short ? short.codes.split(' ').map((c) => byCode.get(c) as Row) : []
    return [...meant, ...(byWords.all(match, limit * lookAhead) as Row[])]
  }
  return {
    search(text: string) {
      const hits = new Map(candidates(text).map((row) => [row.code, row]))
      return [...hits.values()].slice(0, limit).map((row) => {
        const parents: string[] = []
        for (let next = row.parent; next !== null; ) {
          const above = byCode.get(next) as Row
          parents.unshift(above.title)
          next = above.parent
        }
        return { ...row, parents }
      })
    },
    close: () => void db.close(),
  }
}
