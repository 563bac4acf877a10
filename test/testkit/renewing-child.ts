// Child of the kill tests of root renewals: renews the root key again and again and says which step it is at. At the steps
// that are over in less than a millisecond it kills itself; a kit is told before anything begins, as a paper is printed.
import { readFileSync, writeSync } from 'node:fs'
import { removeOldGenerations, rotateWithRoot } from '#core/db/rotate-database.ts'
import { openConnection } from '#core/db/connection.ts'
import type { RootRenewal } from '#core/keys/root-renewal.ts'
import { databaseOf, openByKit } from './rotating-ring.ts'

const [dir = '', dieAt = ''] = process.argv.slice(2)
const own = ['swapping', 'deciding', 'decided', 'finished', 'in-place']
const file = databaseOf(dir)
let ring = openByKit(dir, readFileSync(0, 'utf8'))
/** Not at once: where the parent is to kill, it has to be there. */
const tell = (step: string) => {
  writeSync(1, `${step}\n`)
  if (own.includes(step) && step === dieAt) process.kill(process.pid, 'SIGKILL')
}
const forgetFormer = () => {
  ring.generations.forgetOthers()
  removeOldGenerations(file)
}
for (let i = 1; ; i++) {
  const sheet = ring.kit.begin()
  writeSync(1, `kit ${sheet.groups.join('-')}\n`)
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  const begun = await ring.beginRenewal({ typed, owner: null })
  if (!begun.ok) throw new Error(begun.wrong)
  const { renewal } = begun
  await rotateWithRoot(file, ring.generations, steps(renewal), tell)
  tell('in-place')
  const next = renewal.ring()
  if (!next) throw new Error('nothing was decided')
  ring = next
  tell('between')
  // As the clinic that is opened again.
  const db = openConnection(file, ring.keys.database, 'write')
  db.pragma('integrity_check')
  db.close()
  // As after a good backup.
  if (i % 3 === 0) forgetFormer()
}

function steps(renewal: RootRenewal) {
  return {
    key: renewal.databaseKey,
    decide() {
      tell('deciding')
      renewal.decide(new Date().toISOString())
      tell('decided')
    },
    finish() {
      renewal.ring()?.scrub()
      tell('finished')
    },
  }
}
