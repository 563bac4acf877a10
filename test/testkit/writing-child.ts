// Child of the kill tests: saves one row after another and says each id on standard output once it counts as saved.
import { writeSync } from 'node:fs'
import { openThings, unpackKeys, writeThing } from './core-only.ts'

const [dir = '', keys = '{}'] = process.argv.slice(2)
const clinic = openThings(dir, unpackKeys(keys), false)
for (let i = 0; ; i++) writeSync(1, `${writeThing(clinic, `words ${i}`)}\n`)
