// `npm test`: everything that proves the product, in under 15 minutes. Ends with one line "N passed, M failed".
// `--only build,e2e` runs some of the groups.
import { fail } from './bootstrap.mjs'
import { groups, runGroups } from './groups.mjs'

const flag = process.argv.indexOf('--only')
const names =
  flag < 0
    ? ['typecheck', 'lint', 'format', 'migrations', 'vitest', 'build', 'e2e']
    : (process.argv[flag + 1] ?? '').split(',')
const unknown = names.filter((name) => !(name in groups))
if (unknown.length > 0)
  fail(`unknown group: ${unknown.join(', ')} (known: ${Object.keys(groups).join(', ')})`)

const startedMs = Date.now()
const { passed, failed } = await runGroups(names, {
  system: names.includes('e2e') ? ['window', 'tests'] : [],
})
process.stdout.write(`${Math.round((Date.now() - startedMs) / 1000)} s in all\n\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
