// The command line of the clinic, from a clone: `npm run --silent clinic -- procedures`.
// Standard input, output, error and the exit code are the command's own.
import { bootstrap, runForeground } from './bootstrap.mjs'

const { node, env } = bootstrap()
process.exitCode = await runForeground(node, ['src/main/cli/index.ts', ...process.argv.slice(2)], { env })
