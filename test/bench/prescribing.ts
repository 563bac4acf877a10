// Finding a medicine in the full catalogue through dispatch, beside hand-written SQL on the same file: same words, same
// rows, same order by use.
import { existsSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3-multiple-ciphers'
import { keyOfBundled } from '#core/catalogue/catalogues.ts'
import { openConnection } from '#core/db/connection.ts'
import { drugCatalogue, searchWords } from '#modules/prescribing/main/catalogue/definition.ts'
import { drugUse } from '#modules/prescribing/main/tables.ts'
import { cataloguePlaces } from '#testkit/catalogues.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { drugFound } from '#testkit/pharmacy.ts'
import type { Contest } from './measure.ts'

const typed =
  'amox 500,metf,amlod 5,a,ibuprofen 400 tab,zocor 20,insulin,levothyroxine 50,x,omep 20 cap,para 500'.split(
    ',',
  )

type Call = (procedure: string, input: unknown) => Promise<unknown>

export async function prescribingContest(
  clinic: TestClinic,
  call: Call,
): Promise<Contest & { close: () => void }> {
  await clinic.clinic.services.catalogues.ready(drugCatalogue)
  for (const text of ['amox 500', 'metformin 500', 'amlodipine 5']) {
    const drug = await drugFound(clinic.as('doctor'), text)
    const use = { drug_id: drug.id, user_id: clinic.userId('doctor'), uses: 7 }
    clinic.transact((ctx) => ctx.write.putLocal(drugUse, { ...use, last_at: ctx.now }))
  }
  const byHand = handWritten(clinic)
  return {
    name: 'medicine-search',
    perRun: typed.length * 6,
    ours: async (i) => {
      const text = typed[i % typed.length] ?? ''
      return () => call('prescribing.searchDrugs', { text })
    },
    handWritten: (i) => {
      const text = typed[i % typed.length] ?? ''
      return () => byHand.search(text)
    },
    close: () => byHand.close(),
  }
}

function handWritten(clinic: TestClinic) {
  const { sources, cache } = cataloguePlaces()
  const file = path.join(cache ?? '', `drugs-${keyOfBundled(sources, drugCatalogue)}.db`)
  if (!existsSync(file)) throw new Error('the catalogue was not made')
  const catalogue = new Driver(file, { readonly: true })
  const own = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'read')
  const found = catalogue.prepare(
    'select d.* from drug_words w join drug d on d.rank = w.rowid where drug_words match ? order by w.rowid limit 120',
  )
  const uses = own.prepare(
    'select user_id, uses from drug_use where drug_id in (select value from json_each(?))',
  )
  return {
    search(text: string) {
      const match = searchWords(text)
        .map((word) => `"${word}" *`)
        .join(' AND ')
      const rows = found.all(match) as { id: string; ingredients: string }[]
      uses.all(JSON.stringify(rows.map((row) => row.id)))
      return rows.slice(0, 12).map((row) => ({ ...row, ingredients: JSON.parse(row.ingredients) as unknown }))
    },
    close() {
      catalogue.close()
      own.close()
    },
  }
}
