// Child of the kill test of reminders: lets the clock go on and sends what is due until it is killed.
import { writeSync } from 'node:fs'
import { testClinic } from './clinic.ts'
import { unpackKeys } from './core-only.ts'

const [dir = '', keys = '{}', startAt = '0'] = process.argv.slice(2)
const clinic = await testClinic({ reopen: { dir, keys: unpackKeys(keys) }, startAt: Number(startAt) })
await clinic.clinic.runDueJobs()
writeSync(1, 'open\n')
for (;;) {
  clinic.tick(60_000)
  await clinic.clinic.runDueJobs()
}
