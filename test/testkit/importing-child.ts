// Child of the kill test: files a folder over and over until it is killed, and says when filing has begun.
import { writeSync } from 'node:fs'
import { unpackKeys } from './core-only.ts'
import { testClinic } from './clinic.ts'
import { importPaths } from '#modules/imports/main/api.ts'

const [dir = '', keys = '{}', ...paths] = process.argv.slice(2)
const clinic = await testClinic({ reopen: { dir, keys: unpackKeys(keys) } })
const userId = clinic.userId('admin')
const actor = { userId, userName: 'Admin', role: 'admin', roles: ['admin'], sessionId: 'child' } as const
for (let round = 0; ; round++) {
  // Another name each time: otherwise the second round would have nothing to do.
  await importPaths(
    clinic.clinic,
    actor,
    paths,
    { sourceName: `round-${Date.now()}-${round}` },
    ({ phase, done }) => {
      if (phase === 'filing') writeSync(1, `${done}\n`)
    },
  )
}
