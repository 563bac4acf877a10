// Child of the rotation kill tests: changes the database key again and again, and says which step it is at.
import { readFileSync, writeSync } from 'node:fs'
import { removeOldGenerations, rotateDatabase } from '#core/db/rotate-database.ts'
import { openConnection } from '#core/db/connection.ts'
import { databaseOf, openByKit } from './rotating-ring.ts'

const [dir = '', at, killer] = process.argv.slice(2)
const say = (step: string) => {
  writeSync(1, `${step}\n`)
  if (killer === 'itself' && step === at) process.kill(process.pid, 'SIGKILL')
}
const { generations } = openByKit(dir, readFileSync(0, 'utf8'))
const file = databaseOf(dir)
for (let i = 1; ; i++) {
  await rotateDatabase(file, generations, new Date().toISOString(), say)
  say('between')
  // As the clinic that is opened again.
  const db = openConnection(file, generations.keyOf(generations.current()), 'write')
  db.pragma('integrity_check')
  db.close()
  // As after a good backup.
  if (i % 3 === 0) {
    generations.forgetOthers()
    removeOldGenerations(file)
  }
}
