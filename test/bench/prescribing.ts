// node test/bench/prescribing.ts [--runs 7]: finding a medicine in the full catalogue through dispatch, beside hand-written
// SQL on the same file: same words, same rows, same order by use. Prints one JSON object; progress goes to standard error.
import { existsSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3-multiple-ciphers'
import { keyOfBundled } from '#core/catalogue/catalogues.ts'
import { openConnection } from '#core/db/connection.ts'
import { mintId } from '#core/store/mint.ts'
import { drugCatalogue, searchWords } from '#modules/prescribing/main/catalogue/definition.ts'
import { drugUse } from '#modules/prescribing/main/tables.ts'
import { cataloguePlaces } from '#testkit/catalogues.ts'
import { drugFound, testPharmacy } from '#testkit/pharmacy.ts'
import { type Contest, measure } from './measure.ts'

const at = process.argv.indexOf('--runs')
const runs = at < 0 ? 7 : Number(process.argv[at + 1])
const typed = [
  'amox 500',
  'metf',
  'amlod 5',
  'a',
  'ibuprofen 400 tab',
  'zocor 20',
  'insulin',
  'levothyroxine 50',
  'x',
  'omep 20 cap',
  'para 500',
]

const clinic = await testPharmacy()
const doctor = clinic.tokenOf('doctor')
for (const text of ['amox 500', 'metformin 500', 'amlodipine 5']) {
  const drug = await drugFound(clinic.as('doctor'), text)
  clinic.transact((ctx) =>
    ctx.write.putLocal(drugUse, {
      drug_id: drug.id,
      user_id: clinic.userId('doctor'),
      uses: 7,
      last_at: ctx.now,
    }),
  )
}

const { sources, cache } = cataloguePlaces()
const file = path.join(cache ?? '', `drugs-${keyOfBundled(sources, drugCatalogue)}.db`)
if (!existsSync(file)) throw new Error('the catalogue was not made')
const catalogue = new Driver(file, { readonly: true })
const own = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'read')
const found = catalogue.prepare(
  `select d.* from drug_words w join drug d on d.rank = w.rowid where drug_words match ? order by w.rowid limit 120`,
)
const uses = own.prepare(
  'select user_id, uses from drug_use where drug_id in (select value from json_each(?))',
)

const contest: Contest = {
  name: 'medicine search',
  perRun: 220,
  ours: (i) => {
    const input = { text: typed[i % typed.length] ?? '' }
    const opId = mintId(clinic.now())
    return Promise.resolve(async () => {
      const reply = await clinic.call('prescribing.searchDrugs', input, { token: doctor, opId })
      if (!reply.ok) throw new Error(reply.error.code)
    })
  },
  handWritten: (i) => {
    const match = searchWords(typed[i % typed.length] ?? '')
      .map((w) => `"${w}" *`)
      .join(' AND ')
    return () => {
      const rows = found.all(match) as { id: string; ingredients: string }[]
      uses.all(JSON.stringify(rows.map((r) => r.id)))
      return rows.slice(0, 12).map((row) => ({ ...row, ingredients: JSON.parse(row.ingredients) as unknown }))
    }
  },
}
const outcome = await measure(contest, runs)
process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`)
catalogue.close()
own.close()
await clinic[Symbol.asyncDispose]()
