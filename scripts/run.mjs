// Runs one tool of this clone on Node 24: `node scripts/run.mjs vitest run`. Installs packages first if needed.
import { bootstrap, fail, runForeground, toolArgs } from './bootstrap.mjs'

const [tool, ...args] = process.argv.slice(2)
if (!tool) fail('usage: node scripts/run.mjs TOOL [ARGUMENTS]')
const { node, env } = bootstrap()
process.exitCode = await runForeground(node, toolArgs(tool, args), { env })
