// `npm run test:night`: the large figures of the proof, with new random cases each time. Takes about an hour; a name runs
// some of it: `npm run test:night -- ledger`.
import { bootstrap, runForeground, toolArgs } from './bootstrap.mjs'

const { node, env } = bootstrap({ system: ['tests'] })
const args = ['run', '--project', 'night', ...process.argv.slice(2)]
process.exitCode = await runForeground(node, toolArgs('vitest', args), { env: { ...env, OSLER_NIGHT: '1' } })
